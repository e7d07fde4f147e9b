package io.smilodon.database;

import io.smilodon.engine.value.BinaryValue;
import java.util.Optional;

/**
 * What a statement says about the transaction that it belongs to, as MongoDB's clients do.
 *
 * @param session the id of the client's session
 * @param number which transaction of the session; they count up
 * @param start how to begin the transaction; absent if an earlier statement has done so
 */
public record SessionStatement(
        BinaryValue session, long number, Optional<TransactionSettings> start) {}
