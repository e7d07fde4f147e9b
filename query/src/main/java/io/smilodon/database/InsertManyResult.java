package io.smilodon.database;

import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What an insert of many documents did; a part of it may have failed.
 *
 * @param insertedIds the {@code _id} of each document inserted, by its position in the request,
 *     ascending
 * @param writeErrors why the others were not; with ordered inserts at most one
 */
public record InsertManyResult(
        SequencedMap<Integer, Value> insertedIds, List<WriteError> writeErrors) {

    public InsertManyResult {
        insertedIds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(insertedIds));
        writeErrors = List.copyOf(writeErrors);
    }

    public int insertedCount() {
        return insertedIds.size();
    }
}
