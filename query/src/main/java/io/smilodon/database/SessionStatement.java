package io.smilodon.database;

import io.smilodon.engine.store.IdempotencyKey;
import io.smilodon.engine.value.BinaryValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a statement says about the transaction that it belongs to, as MongoDB's clients do.
 *
 * @param session the id of the client's session
 * @param number which transaction of the session; they count up
 * @param start how to begin the transaction; absent if an earlier statement has done so
 */
public record SessionStatement(
        BinaryValue session, long number, Optional<TransactionSettings> start) {

    /** The name under which the store remembers that the transaction is committed. */
    IdempotencyKey outcomeName() {
        String hex = HexFormat.of().formatHex(session.bytes());
        String name = "session:" + hex + ":" + number + ":commit";
        return new IdempotencyKey(name.getBytes(StandardCharsets.UTF_8));
    }
}
