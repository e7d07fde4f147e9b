package io.smilodon.database;

import io.smilodon.engine.value.Value;

/**
 * What an insert did.
 *
 * @param insertedId the document's {@code _id}, given or generated
 */
public record InsertOneResult(Value insertedId) {}
