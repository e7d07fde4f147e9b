package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who has opened a cursor, and may read it on.
 *
 * @param session the id of a client's session
 * @param transaction the number of a transaction of that session
 */
public record CursorOwner(Optional<BinaryValue> session, OptionalLong transaction) {

    /** Outside sessions. */
    public static final CursorOwner NONE = new CursorOwner(Optional.empty(), OptionalLong.empty());

    /**
     * Refuses another reader.
     *
     * @throws SmilodonException as MongoDB numbers these errors: 50736 to 50741
     */
    void check(CursorOwner reader) {
        if (session.isEmpty() && reader.session.isPresent()) {
            throw refused(50736, "not created in a session, in a session");
        }
        if (session.isPresent() && reader.session.isEmpty()) {
            throw refused(50737, "created in a session, without an lsid");
        }
        if (!session.equals(reader.session)) {
            throw refused(50738, "created in another session");
        }
        if (transaction.isEmpty() && reader.transaction.isPresent()) {
            throw refused(50739, "not created in a transaction, in a transaction");
        }
        if (transaction.isPresent() && reader.transaction.isEmpty()) {
            throw refused(50740, "created in a transaction, without a txnNumber");
        }
        if (!transaction.equals(reader.transaction)) {
            throw refused(50741, "created in another transaction");
        }
    }

    private static SmilodonException refused(int code, String why) {
        return new SmilodonException(
                ErrorCode.location(code), "Cannot run getMore on a cursor which was " + why);
    }
}
