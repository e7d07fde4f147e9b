package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;

/**
 * What somebody has been allowed.
 *
 * @param caller who asked
 * @param needs what that took
 */
public record Permit(Caller caller, List<Need> needs) {

    /** Of the program itself. */
    public static final Permit UNRESTRICTED = of(Caller.UNRESTRICTED);

    public Permit {
        needs = List.copyOf(needs);
    }

    /**
     * Refuses to go on with what is not allowed any more.
     *
     * @throws SmilodonException {@code Unauthorized} (13)
     */
    public void check() {
        boolean isAllowed =
                caller.isUnrestricted()
                        || caller.isAuthenticated()
                                && needs.stream()
                                        .allMatch(
                                                need -> caller.may(need.action(), need.resource()));
        if (!isAllowed) {
            throw new SmilodonException(ErrorCode.UNAUTHORIZED, "not authorized any more");
        }
    }

    /** One that took nothing. */
    public static Permit of(Caller caller) {
        return new Permit(caller, List.of());
    }
}
