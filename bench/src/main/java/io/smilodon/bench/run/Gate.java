package io.smilodon.bench.run;

import io.smilodon.bench.peer.PeerTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A ratio that must hold: the peer's figure by ours is at least this, for each kind.
 *
 * @param workload whose figure of ours counts
 * @param peerWorkload whose figure of the peer counts; mostly the same
 * @param peers the best of them counts
 * @param kinds all of them must hold
 * @param ratioMin how many times better we must be
 */
record Gate(
        String workload,
        String peerWorkload,
        List<String> peers,
        List<Kind> kinds,
        double ratioMin) {

    private static final List<Kind> SPEED = List.of(Kind.CPU_MICROS, Kind.P50_MICROS);

    static final List<Gate> ALL =
            List.of(
                    speed("W1", "sqlite", 2),
                    speed("W3", "sqlite", 1.1),
                    speed("W3x16", "postgresql", 2),
                    speed("W4", "arcadedb", 1.2),
                    speed("W4", "sqlite", 5),
                    speed("W13", "sqlite", 2),
                    best("W14A", 1.5),
                    best("W14B", 1.5),
                    best("W14C", 1.5),
                    best("W14D", 1.5),
                    speed("W14E", "sqlite", 4),
                    best("W14F", 1.5),
                    speed("W2", "postgresql", 2),
                    speed("W5", "arcadedb", 1.2),
                    speed("W6", "sqlite", 3),
                    best("W7", 2),
                    speed("W8", "sqlite", 3),
                    speed("W9", "sqlite", 2),
                    speed("W10", "postgresql", 2),
                    speed("W11", "lucene", 1),
                    speed("W12a", "sqlite", 3),
                    speed("W12b", "sqlite", 3),
                    speed("W13i", "sqlite", 4),
                    opening("W15 clean", 431.0 / 200),
                    opening("W15 killed", 431.0 / 500),
                    footprint(Kind.DISK_BYTES, 1 / 0.7),
                    footprint(Kind.PSS_MEGABYTES, 1 / 1.5));

    private static Gate speed(String workload, String peer, double ratioMin) {
        return new Gate(workload, workload, List.of(peer), SPEED, ratioMin);
    }

    private static Gate best(String workload, double ratioMin) {
        return new Gate(workload, workload, PeerTable.DATABASES, SPEED, ratioMin);
    }

    /** Against SQLite in a fresh process, whatever ours comes after and keeps of Java's. */
    private static Gate opening(String workload, double ratioMin) {
        return new Gate(
                workload, "W15 fresh", List.of("sqlite"), List.of(Kind.WALL_MILLIS), ratioMin);
    }

    private static Gate footprint(Kind kind, double ratioMin) {
        return new Gate("W16", "W16", List.of("sqlite"), List.of(kind), ratioMin);
    }

    /** The peer with the smallest figure. */
    private OptionalDouble bestPeer(Results results, Kind kind) {
        List<Double> found = new ArrayList<>();
        for (String peer : peers) {
            results.median(peerWorkload, peer, kind).ifPresent(found::add);
        }
        return found.stream().mapToDouble(Double::doubleValue).min();
    }

    /** A row of the table; empty if a figure is missing. */
    String row(Results results) {
        StringBuilder row = new StringBuilder();
        boolean holds = true;
        for (Kind kind : kinds) {
            OptionalDouble ours = results.median(workload, PeerTable.OURS, kind);
            OptionalDouble theirs = bestPeer(results, kind);
            if (ours.isEmpty() || theirs.isEmpty()) {
                return "";
            }
            double ratio = theirs.getAsDouble() / ours.getAsDouble();
            holds &= ratio >= ratioMin;
            row.append(
                    "%s%s: %s against %s = **%.2f**"
                            .formatted(
                                    row.isEmpty() ? "" : "; ",
                                    kind.title(),
                                    Report.figure(ours.getAsDouble()),
                                    Report.figure(theirs.getAsDouble()),
                                    ratio));
        }
        return "| %s | %.2f x %s | %s | %s |%n"
                .formatted(
                        workload, ratioMin, against(results), row, holds ? "holds" : "**missed**");
    }

    /** Whose figures there are: nothing is said of a database that was not asked, or failed. */
    private String against(Results results) {
        List<String> measured = peers.stream().filter(peer -> isMeasured(peer, results)).toList();
        String best = (peers.size() == 1 ? "" : "best of ") + String.join(", ", measured);
        return peerWorkload.equals(workload) ? best : best + " in " + peerWorkload;
    }

    private boolean isMeasured(String peer, Results results) {
        return kinds.stream()
                .anyMatch(kind -> results.median(peerWorkload, peer, kind).isPresent());
    }
}
