package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is done with a database from its opening on. Thread-safe. */
final class Activity {

    /** The fields of requests that hold one statement per element. */
    private static final List<String> STATEMENTS = List.of("documents", "updates", "deletes");

    private final Map<OperationKind, LongAdder> operations = new EnumMap<>(OperationKind.class);
    private final LongAdder requests = new LongAdder();
    private final LongAdder failedRequests = new LongAdder();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder updated = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder transactionsStarted = new LongAdder();
    private final LongAdder transactionsCommitted = new LongAdder();
    private final LongAdder transactionsAborted = new LongAdder();

    Activity() {
        for (OperationKind kind : OperationKind.values()) {
            operations.put(kind, new LongAdder());
        }
    }

    /** A request begins. */
    void begin(OperationDescription description) {
        requests.increment();
        operations.get(OperationKind.of(description.name())).add(statements(description.request()));
    }

    private static int statements(Document request) {
        for (String field : STATEMENTS) {
            if (request.get(field) instanceof ArrayValue statements) {
                return statements.size();
            }
        }
        return 1;
    }

    void failed() {
        failedRequests.increment();
    }

    /** A writer's transaction is committed. */
    void written(CollectionWriter writer) {
        inserted.add(writer.insertedCount());
        updated.add(writer.replacedCount());
        deleted.add(writer.deletedCount());
    }

    /** A document is handed to a user. */
    void returned() {
        returned.increment();
    }

    void transactionStarted() {
        transactionsStarted.increment();
    }

    void transactionEnded(boolean isCommitted) {
        (isCommitted ? transactionsCommitted : transactionsAborted).increment();
    }

    ActivityStatistics statistics() {
        Map<OperationKind, Long> counts = new EnumMap<>(OperationKind.class);
        operations.forEach((kind, count) -> counts.put(kind, count.sum()));
        return new ActivityStatistics(
                counts,
                new ActivityStatistics.Requests(requests.sum(), failedRequests.sum()),
                new ActivityStatistics.Documents(
                        inserted.sum(), updated.sum(), deleted.sum(), returned.sum()),
                new ActivityStatistics.Transactions(
                        transactionsStarted.sum(),
                        transactionsCommitted.sum(),
                        transactionsAborted.sum()));
    }
}
