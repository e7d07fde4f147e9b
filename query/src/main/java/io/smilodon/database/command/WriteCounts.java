package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.exec.OperationScope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many documents the writes of a command have written, by MongoDB's names for it in the
 * profile; kinds of writes that there were none of have no counts. Not thread-safe.
 */
final class WriteCounts {

    private final Map<String, Long> counts = new LinkedHashMap<>();

    void insert() {
        add("ninserted", 1);
    }

    void update(WriteOutcome outcome) {
        add("nMatched", outcome.matchedCount());
        add("nModified", outcome.modifiedCount());
        add("nUpserted", outcome.upserted().isPresent() ? 1 : 0);
    }

    void delete(WriteOutcome outcome) {
        add("ndeleted", outcome.count());
    }

    private void add(String name, long count) {
        counts.merge(name, count, Long::sum);
    }

    /** Tells the profile of them. */
    void tell() {
        Document told = Document.EMPTY;
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            told = told.with(count.getKey(), NumberValue.intOrLong(count.getValue()));
        }
        OperationScope.wrote(told);
    }
}
