package io.smilodon.database;

import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * What an update did.
 *
 * @param matchedCount documents that matched the filter
 * @param modifiedCount documents that are different now
 * @param upsertedId the {@code _id} of the document that was inserted because none matched
 */
public record UpdateResult(long matchedCount, long modifiedCount, Optional<Value> upsertedId) {}
