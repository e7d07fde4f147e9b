package io.smilodon.database.command;

import io.smilodon.database.ActivityStatistics;
import io.smilodon.database.OperationKind;
import io.smilodon.database.Smilodon;
import io.smilodon.database.SmilodonStatistics;
import io.smilodon.database.Traffic;
import io.smilodon.database.TtlStatistics;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.concurrent.TimeUnit;

/**
 * {@code {serverStatus: 1, section: 0}}: the sections that every server has, but for those that are
 * not wanted; others are asked for in vain, as with MongoDB. A request by REST counts as a
 * connection: who asks twice on one is not known here.
 */
final class ServerStatus {

    private static final int MEGABYTE_SHIFT = 20;

    private ServerStatus() {}

    static Document of(Invocation invocation) {
        Document status = all(invocation);
        for (Field field : invocation.body().fields()) {
            if (!invocation.body().flag(field.name(), true)) {
                status = status.without(field.name());
            }
        }
        return status;
    }

    private static Document all(Invocation invocation) {
        Smilodon smilodon = invocation.context().smilodon();
        SmilodonStatistics statistics = smilodon.statistics();
        ActivityStatistics activity = smilodon.activity();
        long seconds = TimeUnit.MILLISECONDS.toSeconds(statistics.uptimeMillis());
        DocumentBuilder status = Document.builder();
        status.putAll(Server.description())
                .put("process", "smilodon")
                .put("pid", ProcessHandle.current().pid())
                .put("uptime", (double) seconds)
                .put("uptimeMillis", statistics.uptimeMillis())
                .put("uptimeEstimate", seconds)
                .put("localTime", new DateValue(System.currentTimeMillis()))
                .put("asserts", asserts(activity))
                .put("connections", connections(smilodon, activity))
                .put("globalLock", lock(smilodon, statistics))
                .put("logicalSessionRecordCache", sessions(smilodon))
                .put("network", network(smilodon.traffic(), activity))
                .put("opLatencies", smilodon.operations().latencyReport())
                .put("opcounters", operations(activity))
                .put("opcountersRepl", replicated())
                .put("transactions", transactions(smilodon, activity))
                .put("storageEngine", storage(statistics.store()))
                .put("mem", memory())
                .put("metrics", metrics(statistics, activity, smilodon));
        invocation
                .context()
                .membership()
                .ifPresent(set -> status.put("repl", ReplicaSetCommands.summary(set)));
        return status.build();
    }

    private static Document sessions(Smilodon smilodon) {
        return Document.of("activeSessionsCount", Value.of(smilodon.sessions().all().size()));
    }

    /** Nothing comes from other members. */
    private static Document replicated() {
        DocumentBuilder counters = Document.builder();
        for (OperationKind kind : OperationKind.values()) {
            counters.put(kind.counter(), 0L);
        }
        return counters.build();
    }

    private static Document asserts(ActivityStatistics activity) {
        return Document.builder()
                .put("regular", 0)
                .put("warning", 0)
                .put("msg", 0)
                .put("user", activity.requests().failed())
                .put("rollovers", 0)
                .build();
    }

    private static Document connections(Smilodon smilodon, ActivityStatistics activity) {
        int running = smilodon.operations().running().size();
        Traffic traffic = smilodon.traffic();
        long current = Math.max(running, traffic.openCount());
        boolean isCounted = traffic.openedCount() > 0;
        long created = isCounted ? traffic.openedCount() : activity.requests().all();
        return Document.builder()
                .put("current", (int) current)
                .put("available", (int) Math.max(0, traffic.connectionsMax() - current))
                .put("totalCreated", created)
                .put("active", running)
                .build();
    }

    private static Document network(Traffic traffic, ActivityStatistics activity) {
        return Document.builder()
                .put("bytesIn", traffic.receivedBytes())
                .put("bytesOut", traffic.sentBytes())
                .put("numRequests", activity.requests().all())
                .build();
    }

    private static Document lock(Smilodon smilodon, SmilodonStatistics statistics) {
        int running = smilodon.operations().running().size();
        Document none =
                Document.builder().put("total", 0).put("readers", 0).put("writers", 0).build();
        return Document.builder()
                .put("totalTime", TimeUnit.MILLISECONDS.toMicros(statistics.uptimeMillis()))
                .put("currentQueue", none)
                .put("activeClients", none.with("total", Value.of(running)))
                .build();
    }

    private static Document operations(ActivityStatistics activity) {
        DocumentBuilder counters = Document.builder();
        for (OperationKind kind : OperationKind.values()) {
            counters.put(kind.counter(), activity.operations().get(kind));
        }
        return counters.build();
    }

    private static Document transactions(Smilodon smilodon, ActivityStatistics activity) {
        ActivityStatistics.Transactions counted = activity.transactions();
        long open = counted.started() - counted.committed() - counted.aborted();
        return Document.builder()
                .put("currentOpen", open)
                .put("currentInactive", (long) smilodon.transactions().openCount())
                .put("totalStarted", counted.started())
                .put("totalCommitted", counted.committed())
                .put("totalAborted", counted.aborted())
                .build();
    }

    private static Document storage(StoreStatistics store) {
        return Document.builder()
                .put("name", "smilodon")
                .put("persistent", true)
                .put("commits", store.commits())
                .put("syncs", store.syncs())
                .put("logBytes", store.logBytes())
                .put("memtableBytes", store.memtableBytes())
                .put("segments", store.segmentCount())
                .put("segmentBytes", store.segmentBytes())
                .build();
    }

    /** Of the Java machine, in megabytes: it reserves {@code virtual} and has {@code resident}. */
    private static Document memory() {
        Runtime runtime = Runtime.getRuntime();
        return Document.builder()
                .put("bits", 64)
                .put("resident", (int) (runtime.totalMemory() >> MEGABYTE_SHIFT))
                .put("virtual", (int) (runtime.maxMemory() >> MEGABYTE_SHIFT))
                .put("supported", true)
                .put("heapMB", (runtime.totalMemory() - runtime.freeMemory()) >> MEGABYTE_SHIFT)
                .build();
    }

    private static Document ttl(TtlStatistics ttl) {
        return Document.builder()
                .put("deletedDocuments", ttl.deletedDocuments())
                .put("passes", ttl.passes())
                .put("subPasses", ttl.subPasses())
                .build();
    }

    private static Document metrics(
            SmilodonStatistics statistics, ActivityStatistics activity, Smilodon smilodon) {
        long cursors = statistics.openCursorCount();
        ActivityStatistics.Documents documents = activity.documents();
        return Document.builder()
                .put("cursor", Document.of("open", Document.of("total", Value.of(cursors))))
                .put("ttl", ttl(statistics.ttl()))
                .put(
                        "document",
                        Document.builder()
                                .put("deleted", documents.deleted())
                                .put("inserted", documents.inserted())
                                .put("returned", documents.returned())
                                .put("updated", documents.updated())
                                .build())
                .put(
                        "transactions",
                        Document.of("currentOpen", Value.of(smilodon.transactions().openCount())))
                .build();
    }
}
