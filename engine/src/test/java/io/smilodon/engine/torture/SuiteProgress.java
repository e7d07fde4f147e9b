package io.smilodon.engine.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** How far one suite is: counters, time and failures. Thread-safe. */
final class SuiteProgress {

    private static final int FAILURES_MAX = 20;

    /** What a round that runs is taken for, until it is over. */
    private static final double ROUND_SECONDS = 10;

    private static final double ROUND_FRACTION = 0.01;

    private final Suite suite;
    private final double effort;
    private final Tally tally = new Tally();
    private final List<String> failures = new ArrayList<>();
    private long rounds;
    private long nanos;
    private int running;
    private String missing = "";

    SuiteProgress(Suite suite, double effort) {
        this.suite = suite;
        this.effort = effort;
    }

    Suite suite() {
        return suite;
    }

    Tally tally() {
        return tally;
    }

    long goal() {
        return Math.max(1, Math.round(suite.facts().goal() * effort));
    }

    /**
     * Its turn comes when this is the lowest: how near it is to its goal, so that all reach theirs
     * together, or how near to the time it may take at most. Beyond the goal, only that.
     *
     * @param seconds what it may take at most
     */
    synchronized double urgency(double seconds) {
        if (failures.size() >= FAILURES_MAX || !missing.isEmpty()) {
            return Double.MAX_VALUE;
        }
        double time = (nanos / 1e9 + ROUND_SECONDS * running) / seconds;
        double done = (double) tally.units() / goal() + ROUND_FRACTION * running;
        return tally.units() >= goal() ? 1 + time : Math.max(time, Math.min(1, done));
    }

    synchronized void skip(String what) {
        missing = what;
    }

    /** What kept it from running; empty if nothing did. */
    synchronized String missing() {
        return missing;
    }

    /** Takes the number of the next round. */
    synchronized long begin() {
        running++;
        return rounds++;
    }

    synchronized void end(long took) {
        running--;
        nanos += took;
    }

    synchronized void failed(String text) {
        failures.add(text);
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized long rounds() {
        return rounds;
    }

    synchronized double seconds() {
        return nanos / 1e9;
    }

    synchronized void save(Properties state) {
        String prefix = suite.facts().name() + '.';
        state.setProperty(prefix + "rounds", Long.toString(rounds));
        state.setProperty(prefix + "nanos", Long.toString(nanos));
        tally.all().forEach((name, n) -> state.setProperty(prefix + "n." + name, n.toString()));
        for (int index = 0; index < failures.size(); index++) {
            state.setProperty(prefix + "failure." + index, failures.get(index));
        }
    }

    synchronized void load(Properties state) {
        String prefix = suite.facts().name() + '.';
        rounds = Long.parseLong(state.getProperty(prefix + "rounds", "0"));
        nanos = Long.parseLong(state.getProperty(prefix + "nanos", "0"));
        String counters = prefix + "n.";
        for (String name : state.stringPropertyNames()) {
            if (name.startsWith(counters)) {
                tally.add(
                        name.substring(counters.length()), Long.parseLong(state.getProperty(name)));
            } else if (name.startsWith(prefix + "failure.")) {
                failures.add(state.getProperty(name));
            }
        }
    }
}
