package io.smilodon.database;

import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What an insert of many documents did; a part of it may have failed. Immutable.
 *
 * @param inserted the documents inserted, in the order of the request
 * @param writeErrors why the others were not; with ordered inserts at most one
 */
public record InsertManyResult(List<Inserted> inserted, List<WriteError> writeErrors) {

    /**
     * A document that was inserted.
     *
     * @param index its position in the request
     * @param id its {@code _id}
     */
    public record Inserted(int index, Value id) {}

    public InsertManyResult {
        inserted = List.copyOf(inserted);
        writeErrors = List.copyOf(writeErrors);
    }

    public int insertedCount() {
        return inserted.size();
    }

    /** The {@code _id} of each document inserted, by its position in the request, ascending. */
    public SequencedMap<Integer, Value> insertedIds() {
        SequencedMap<Integer, Value> ids = LinkedHashMap.newLinkedHashMap(inserted.size());
        inserted.forEach(one -> ids.put(one.index(), one.id()));
        return Collections.unmodifiableSequencedMap(ids);
    }
}
