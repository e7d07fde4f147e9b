package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.security.Caller;
import io.smilodon.security.Need;
import io.smilodon.security.Permit;
import io.smilodon.security.UserName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who has opened a cursor, and may read it on.
 *
 * @param session the id of a client's session
 * @param transaction the number of a transaction of that session
 * @param user who has logged in; empty for nobody
 * @param needs what the user must still be allowed to do to read it on
 */
public record CursorOwner(
        Optional<BinaryValue> session,
        OptionalLong transaction,
        Optional<UserName> user,
        List<Need> needs) {

    /** Outside sessions, and nobody in particular. */
    public static final CursorOwner NONE = of(Optional.empty(), OptionalLong.empty());

    /** Nobody in particular. */
    public static CursorOwner of(Optional<BinaryValue> session, OptionalLong transaction) {
        return new CursorOwner(session, transaction, Optional.empty(), List.of());
    }

    /** Who has sent the request of this thread. */
    static CursorOwner current() {
        Permit permit = OperationScope.permit();
        return permit.caller().isUnrestricted() ? NONE : NONE.by(permit.caller(), permit.needs());
    }

    /** The same of a user. */
    public CursorOwner by(Caller caller, List<Need> needed) {
        return new CursorOwner(session, transaction, caller.name(), needed);
    }

    /** Whether somebody is the user who has opened it, or may do everything. */
    public boolean isOf(Caller caller) {
        return caller.isUnrestricted() || user.isPresent() && user.equals(caller.user());
    }

    /**
     * Refuses another reader, and one who may not do any more what it takes.
     *
     * @throws SmilodonException {@code Unauthorized} (13), or as below
     */
    void check(CursorOwner reader, Caller caller) {
        check(caller);
        check(reader);
    }

    /**
     * Refuses another user, and one who may not do any more what it takes.
     *
     * @throws SmilodonException {@code Unauthorized} (13)
     */
    public void check(Caller caller) {
        if (!isOf(caller)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED, "cursor was not created by the authenticated user");
        }
        for (Need need : needs) {
            if (!caller.mayStill(need)) {
                throw new SmilodonException(
                        ErrorCode.UNAUTHORIZED,
                        "not authorized any more for what the cursor reads");
            }
        }
    }

    /**
     * Refuses one of another session or transaction.
     *
     * @throws SmilodonException as MongoDB numbers these errors: 50736 to 50741
     */
    private void check(CursorOwner reader) {
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
