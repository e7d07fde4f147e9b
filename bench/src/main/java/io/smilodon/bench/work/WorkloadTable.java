package io.smilodon.bench.work;

import io.smilodon.bench.peer.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads that run inside one worker, by name. */
public final class WorkloadTable {

    /** This one and those behind it work on the database with six indexes. */
    public static final String FIRST_WITH_INDEXES = "W2";

    private static final int SCANNED = 50;

    private static final Map<String, Workload> WORKLOADS = new LinkedHashMap<>();

    static {
        WORKLOADS.put("W3", new DurableInserts(1));
        WORKLOADS.put("W3x16", new DurableInserts(16));
        WORKLOADS.put("W1", new BulkLoad(false));
        WORKLOADS.put("W4", timed(WorkloadTable::readAny));
        WORKLOADS.put("W13", timed(WorkloadTable::updateAny));
        WORKLOADS.put("W14A", mixed(50, WorkloadTable::readPopular, WorkloadTable::updatePopular));
        WORKLOADS.put("W14B", mixed(95, WorkloadTable::readPopular, WorkloadTable::updatePopular));
        WORKLOADS.put("W14C", timed(WorkloadTable::readPopular));
        WORKLOADS.put("W14D", mixed(95, WorkloadTable::readLatest, WorkloadTable::insert));
        WORKLOADS.put("W14E", mixed(95, WorkloadTable::scan, WorkloadTable::insert));
        WORKLOADS.put("W14F", mixed(50, WorkloadTable::readPopular, WorkloadTable::increment));
        WORKLOADS.put(FIRST_WITH_INDEXES, new BulkLoad(true));
        WORKLOADS.putAll(IndexQueries.all());
        WORKLOADS.put(
                "W13i",
                (session, millis) ->
                        TimedOperations.run(
                                session, session.indexed(), WorkloadTable::updateAny, millis));
    }

    private WorkloadTable() {}

    public static List<String> names() {
        return List.copyOf(WORKLOADS.keySet());
    }

    public static Workload workload(String name) {
        Workload workload = WORKLOADS.get(name);
        if (workload == null) {
            throw new IllegalArgumentException(
                    "no workload " + name + ", only " + WORKLOADS.keySet());
        }
        return workload;
    }

    private static Workload timed(Operation operation) {
        return new TimedOperations(operation);
    }

    private static Workload mixed(int percent, Operation first, Operation second) {
        return timed(
                (session, peer) -> {
                    boolean isFirst = session.random().nextInt(100) < percent;
                    (isFirst ? first : second).run(session, peer);
                });
    }

    private static void readAny(Session session, Peer peer) throws Exception {
        require(peer.score(session.random().nextInt(session.documents())));
    }

    private static void readPopular(Session session, Peer peer) throws Exception {
        require(peer.score(session.popularId()));
    }

    private static void readLatest(Session session, Peer peer) throws Exception {
        require(peer.score(Math.max(0, session.lastId() - session.popularRank())));
    }

    private static void require(long score) {
        if (score < 0) {
            throw new IllegalStateException("a document is missing");
        }
    }

    private static void updateAny(Session session, Peer peer) throws Exception {
        int id = session.random().nextInt(session.documents());
        peer.setVisits(id, session.random().nextInt(1_000_000));
    }

    private static void updatePopular(Session session, Peer peer) throws Exception {
        peer.setVisits(session.popularId(), session.random().nextInt(1_000_000));
    }

    private static void increment(Session session, Peer peer) throws Exception {
        int id = session.popularId();
        peer.setVisits(id, (int) peer.score(id) + 1);
    }

    private static void scan(Session session, Peer peer) throws Exception {
        require(peer.scores(session.popularId(), SCANNED));
    }

    private static void insert(Session session, Peer peer) throws Exception {
        peer.insert(session.newcomer());
    }
}
