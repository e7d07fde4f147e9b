package io.smilodon.engine.isolation;

import io.smilodon.engine.isolation.DependencyGraph.Edge;
import io.smilodon.engine.isolation.Operation.Append;
import io.smilodon.engine.isolation.Operation.Read;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds anomalies in a history of transactions that append unique elements to lists and read them:
 * a list tells the order of its versions, and so every dependency (after Kingsbury and Alvaro,
 * "Elle", 2020; own code). The history must end with a committed transaction that reads every list.
 * Not thread-safe.
 */
final class ListAppendChecker {

    private static final Set<Edge> WRITES = EnumSet.of(Edge.WRITE_WRITE);
    private static final Set<Edge> INFORMATION = EnumSet.of(Edge.WRITE_WRITE, Edge.WRITE_READ);
    private static final Set<Edge> TIMED = EnumSet.of(Edge.WRITE_WRITE, Edge.WRITE_READ, Edge.TIME);

    private final List<TransactionRecord> history;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Integer, Integer> writers = new HashMap<>();
    private final Map<String, List<Integer>> orders = new HashMap<>();
    private final DependencyGraph graph = new DependencyGraph();

    private ListAppendChecker(List<TransactionRecord> history) {
        this.history = history;
    }

    /** Everything that is wrong, whatever the level. */
    static List<Finding> check(List<TransactionRecord> history) {
        ListAppendChecker checker = new ListAppendChecker(history);
        checker.run();
        return checker.findings;
    }

    private void run() {
        history.forEach(transaction -> graph.add());
        indexWriters();
        takeOrders();
        for (int number = 0; number < history.size(); number++) {
            if (counts(number)) {
                checkReads(number);
                connectReads(number);
            }
        }
        checkLostUpdates();
        connectWrites();
        connectTime();
        findCycles();
    }

    private void found(Anomaly anomaly, String text) {
        findings.add(new Finding(anomaly, text));
    }

    private String text(int number) {
        return number < history.size() ? "T" + number + history.get(number) : "time";
    }

    private void indexWriters() {
        for (int number = 0; number < history.size(); number++) {
            for (Operation operation : history.get(number).operations()) {
                if (operation instanceof Append append) {
                    writers.put(append.element(), number);
                }
            }
        }
    }

    /** The last transaction tells the order of versions; what it lacks has been lost. */
    private void takeOrders() {
        TransactionRecord last = history.get(history.size() - 1);
        for (Operation operation : last.operations()) {
            if (operation instanceof Read read) {
                orders.put(read.key(), read.elements());
                if (Set.copyOf(read.elements()).size() < read.elements().size()) {
                    found(Anomaly.GARBAGE, "twice in the final " + read);
                }
            }
        }
        for (int number = 0; number < history.size(); number++) {
            if (history.get(number).status() == Status.COMMITTED) {
                for (Operation operation : history.get(number).operations()) {
                    if (operation instanceof Append append
                            && !order(append.key()).contains(append.element())) {
                        found(Anomaly.LOST_WRITE, append + " of " + text(number));
                    }
                }
            }
        }
    }

    private List<Integer> order(String key) {
        return orders.getOrDefault(key, List.of());
    }

    /** Whether it committed: a transaction of unknown outcome did if anything of it is there. */
    private boolean counts(int number) {
        TransactionRecord transaction = history.get(number);
        return switch (transaction.status()) {
            case COMMITTED -> true;
            case ABORTED -> false;
            case UNKNOWN ->
                    transaction.operations().stream()
                            .anyMatch(
                                    operation ->
                                            operation instanceof Append append
                                                    && order(append.key())
                                                            .contains(append.element()));
        };
    }

    private void checkReads(int number) {
        Map<String, List<Integer>> seen = new HashMap<>();
        Map<String, List<Integer>> own = new HashMap<>();
        for (Operation operation : history.get(number).operations()) {
            switch (operation) {
                case Append append -> {
                    own.computeIfAbsent(append.key(), key -> new ArrayList<>())
                            .add(append.element());
                    seen.computeIfPresent(
                            append.key(), (key, list) -> plus(list, append.element()));
                }
                case Read read -> {
                    checkInternal(number, read, seen, own);
                    checkExternal(number, read);
                    seen.put(read.key(), read.elements());
                }
            }
        }
    }

    private static List<Integer> plus(List<Integer> list, int element) {
        List<Integer> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }

    private void checkInternal(
            int number,
            Read read,
            Map<String, List<Integer>> seen,
            Map<String, List<Integer>> own) {
        List<Integer> expected = seen.get(read.key());
        List<Integer> written = own.getOrDefault(read.key(), List.of());
        int start = read.elements().size() - written.size();
        boolean isGood =
                expected != null
                        ? expected.equals(read.elements())
                        : start >= 0
                                && read.elements()
                                        .subList(start, read.elements().size())
                                        .equals(written);
        if (!isGood) {
            found(Anomaly.INTERNAL, read + " in " + text(number));
        }
    }

    private void checkExternal(int number, Read read) {
        List<Integer> others = others(number, read);
        for (int element : others) {
            Integer writer = writers.get(element);
            if (writer == null) {
                found(Anomaly.GARBAGE, element + " in " + text(number));
            } else if (history.get(writer).status() == Status.ABORTED) {
                found(Anomaly.G1A_ABORTED_READ, text(number) + " of " + text(writer));
            }
        }
        List<Integer> order = order(read.key());
        if (others.size() > order.size() || !order.subList(0, others.size()).equals(others)) {
            found(Anomaly.INCOMPATIBLE_ORDER, text(number) + " reads " + read + ", not " + order);
        }
        checkIntermediate(number, read, others);
    }

    /** The elements that others wrote, as far as they come before this transaction's own. */
    private List<Integer> others(int number, Read read) {
        int size = 0;
        while (size < read.elements().size()
                && !Integer.valueOf(number).equals(writers.get(read.elements().get(size)))) {
            size++;
        }
        return read.elements().subList(0, size);
    }

    private void checkIntermediate(int number, Read read, List<Integer> others) {
        if (others.isEmpty()) {
            return;
        }
        int last = others.get(others.size() - 1);
        Integer writer = writers.get(last);
        if (writer == null) {
            return;
        }
        List<Append> written = new ArrayList<>();
        for (Operation operation : history.get(writer).operations()) {
            if (operation instanceof Append append && append.key().equals(read.key())) {
                written.add(append);
            }
        }
        if (written.get(written.size() - 1).element() != last) {
            found(Anomaly.G1B_INTERMEDIATE_READ, text(number) + " of " + text(writer));
        }
    }

    private void connectReads(int number) {
        for (Operation operation : history.get(number).operations()) {
            if (operation instanceof Read read) {
                List<Integer> others = others(number, read);
                if (!others.isEmpty()) {
                    Integer writer = writers.get(others.get(others.size() - 1));
                    if (writer != null) {
                        graph.connect(writer, number, Edge.WRITE_READ);
                    }
                }
                List<Integer> order = order(read.key());
                if (others.size() < order.size() && writers.containsKey(order.get(others.size()))) {
                    graph.connect(number, writers.get(order.get(others.size())), Edge.READ_WRITE);
                }
            }
        }
    }

    private void connectWrites() {
        for (List<Integer> order : orders.values()) {
            for (int index = 1; index < order.size(); index++) {
                Integer before = writers.get(order.get(index - 1));
                Integer after = writers.get(order.get(index));
                if (before != null && after != null) {
                    graph.connect(before, after, Edge.WRITE_WRITE);
                }
            }
        }
    }

    /** Two that read one version of a list and then both wrote to it. */
    private void checkLostUpdates() {
        Map<String, Integer> firsts = new HashMap<>();
        for (int number = 0; number < history.size(); number++) {
            if (counts(number)) {
                for (Map.Entry<String, Integer> update : updates(number).entrySet()) {
                    String version = update.getKey() + " at " + update.getValue();
                    Integer other = firsts.putIfAbsent(version, number);
                    if (other != null) {
                        found(Anomaly.LOST_UPDATE, text(other) + " and " + text(number));
                    }
                }
            }
        }
    }

    /** The lists that were read before they were appended to, with the length they had. */
    private Map<String, Integer> updates(int number) {
        Map<String, Integer> read = new HashMap<>();
        Map<String, Integer> updates = new LinkedHashMap<>();
        for (Operation operation : history.get(number).operations()) {
            switch (operation) {
                case Read one -> read.putIfAbsent(one.key(), others(number, one).size());
                case Append append -> {
                    if (read.containsKey(append.key())) {
                        updates.putIfAbsent(append.key(), read.get(append.key()));
                    }
                }
            }
        }
        return updates;
    }

    /**
     * Real time as a chain of moments: a transaction comes before the moment of its end, and the
     * last moment before its start comes before it. That includes the order of each session.
     */
    private void connectTime() {
        List<Integer> byEnd = new ArrayList<>();
        List<Integer> byStart = new ArrayList<>();
        for (int number = 0; number < history.size(); number++) {
            if (counts(number)) {
                byStart.add(number);
                if (history.get(number).end() < Long.MAX_VALUE) {
                    byEnd.add(number);
                }
            }
        }
        byEnd.sort(Comparator.comparingLong(number -> history.get(number).end()));
        byStart.sort(Comparator.comparingLong(number -> history.get(number).start()));
        int ended = 0;
        int moment = -1;
        for (int number : byStart) {
            while (ended < byEnd.size()
                    && history.get(byEnd.get(ended)).end() < history.get(number).start()) {
                int next = graph.add();
                graph.connect(byEnd.get(ended), next, Edge.TIME);
                if (moment >= 0) {
                    graph.connect(moment, next, Edge.TIME);
                }
                moment = next;
                ended++;
            }
            if (moment >= 0) {
                graph.connect(moment, number, Edge.TIME);
            }
        }
    }

    private void findCycles() {
        report(Anomaly.G0_DIRTY_WRITE, graph.only(WRITES));
        report(Anomaly.G1C_CIRCULAR_INFORMATION, graph.only(INFORMATION));
        DependencyGraph snapshot = graph.composed(INFORMATION);
        snapshot.cycle()
                .ifPresent(
                        way -> {
                            long old =
                                    snapshot.kinds(way).stream()
                                            .filter(kinds -> kinds.contains(Edge.READ_WRITE))
                                            .count();
                            found(old > 1 ? Anomaly.LONG_FORK : Anomaly.G_SINGLE, text(way));
                        });
        report(Anomaly.STALE, graph.composed(TIMED));
        Set<Edge> untimed = EnumSet.copyOf(INFORMATION);
        untimed.add(Edge.READ_WRITE);
        report(Anomaly.G2_ITEM, graph.only(untimed));
        report(Anomaly.G2_REAL_TIME, graph);
    }

    private void report(Anomaly anomaly, DependencyGraph part) {
        part.cycle().ifPresent(way -> found(anomaly, text(way) + " by " + part.kinds(way)));
    }

    private String text(List<Integer> way) {
        List<String> texts = new ArrayList<>();
        way.forEach(number -> texts.add(text(number)));
        return String.join(" -> ", texts);
    }
}
