package io.smilodon.security;

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

    /** One that took nothing. */
    public static Permit of(Caller caller) {
        return new Permit(caller, List.of());
    }
}
