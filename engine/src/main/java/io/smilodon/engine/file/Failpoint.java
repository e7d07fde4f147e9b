package io.smilodon.engine.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named steps of the protocols that write files, at which a test can stop the process, fail, or let
 * other threads run. They do nothing, and the JIT removes them, unless the system property {@code
 * smilodon.failpoints} is set when the class is loaded:
 *
 * <pre>
 * points := point (',' point)*
 * point  := name ':' hit ':' action     hit: from 1; 0 for every one; name '*' for every point
 * action := halt | throw | yield | count
 * </pre>
 *
 * {@code halt} ends the process at once with {@link #HALT_STATUS}, as kill -9 would; {@code throw}
 * is an {@link IOException}; {@code count} only counts, as every hit of every point is counted once
 * the property is set. A name is {@code area.step}, used in one place of the program. Thread-safe.
 */
public final class Failpoint {

    /** The property that turns points on. */
    public static final String PROPERTY = "smilodon.failpoints";

    /** How a process ends that was halted at a point. */
    public static final int HALT_STATUS = 86;

    private static final String EVERY = "*";
    private static final Map<String, Rule> RULES = parsed(System.getProperty(PROPERTY, ""));
    private static final boolean IS_ON = !RULES.isEmpty();
    private static final Map<String, AtomicInteger> HITS = new ConcurrentHashMap<>();

    private enum Action {
        HALT,
        THROW,
        YIELD,
        COUNT
    }

    private record Rule(int hit, Action action) {}

    private Failpoint() {}

    /** A step that may fail. */
    public static void hit(String name) throws IOException {
        if (IS_ON && due(name).filter(action -> action == Action.THROW).isPresent()) {
            throw new IOException("failpoint " + name);
        }
    }

    /** A step that cannot fail: {@code throw} does nothing here. */
    public static void pass(String name) {
        if (IS_ON) {
            due(name);
        }
    }

    /** How often each point has been hit; empty while they are off. */
    public static Map<String, Integer> hits() {
        Map<String, Integer> hits = new TreeMap<>();
        HITS.forEach((name, count) -> hits.put(name, count.get()));
        return hits;
    }

    private static Optional<Action> due(String name) {
        int hit = HITS.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        Optional<Action> due =
                Optional.ofNullable(RULES.getOrDefault(name, RULES.get(EVERY)))
                        .filter(rule -> rule.hit() == 0 || rule.hit() == hit)
                        .map(Rule::action);
        due.ifPresent(Failpoint::act);
        return due;
    }

    private static void act(Action action) {
        switch (action) {
            case HALT -> Runtime.getRuntime().halt(HALT_STATUS);
            case YIELD -> Thread.yield();
            case THROW, COUNT -> {} // the first is left to the caller
        }
    }

    private static Map<String, Rule> parsed(String points) {
        Map<String, Rule> rules = new HashMap<>();
        for (String point : points.isBlank() ? new String[0] : points.split(",")) {
            String[] parts = point.strip().split(":");
            if (parts.length != 3) {
                throw new IllegalArgumentException(PROPERTY + ": name:hit:action, not " + point);
            }
            Action action = Action.valueOf(parts[2].toUpperCase(Locale.ROOT));
            rules.put(parts[0], new Rule(Integer.parseInt(parts[1]), action));
        }
        return Map.copyOf(rules);
    }
}
