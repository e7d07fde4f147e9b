package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.List;

/**
 * What somebody has been allowed.
 *
 * @param caller who asked
 * @param needs what that took
 * @param term for how long the caller has logged in
 */
public record Permit(Caller caller, List<Need> needs, LoginTerm term) {

    /** Of the program itself. */
    public static final Permit UNRESTRICTED = of(Caller.UNRESTRICTED);

    public Permit {
        needs = List.copyOf(needs);
    }

    /** One that nothing but users and roles ends. */
    public Permit(Caller caller, List<Need> needs) {
        this(caller, needs, LoginTerm.ENDLESS);
    }

    /**
     * Refuses to go on with what is not allowed any more.
     *
     * @throws SmilodonException {@code Unauthorized} (13), {@code ReauthenticationRequired} (391)
     *     if the login has ended
     */
    public void check() {
        if (!term.lasts()) {
            throw new SmilodonException(
                    ErrorCode.REAUTHENTICATION_REQUIRED, "The login has ended by which this began");
        }
        boolean isAllowed =
                caller.isUnrestricted()
                        || caller.isAuthenticated() && needs.stream().allMatch(caller::mayStill);
        if (!isAllowed) {
            throw new SmilodonException(ErrorCode.UNAUTHORIZED, "not authorized any more");
        }
    }

    /**
     * The rules under which an action may be done to a collection, each of another privilege; empty
     * if they do not limit it. What it took to be allowed counts; where this is about something
     * else, what the caller may do now.
     */
    public List<AccessRules> limits(Action action, Resource collection) {
        if (caller.isUnrestricted()) {
            return List.of();
        }
        for (Need need : needs) {
            if (need.action() == action && need.resource().equals(collection)) {
                return need.limits();
            }
        }
        return caller.limits(action, collection);
    }

    /** One that took nothing. */
    public static Permit of(Caller caller) {
        return new Permit(caller, List.of());
    }
}
