package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/** The rules that requests share. */
public final class Requests {

    private static final ErrorCode VALUE_OUT_OF_RANGE = ErrorCode.location(51024);

    private Requests() {}

    /**
     * Refuses a negative number.
     *
     * @throws SmilodonException 51024, at the option
     */
    public static void checkNotNegative(String option, long value) {
        if (value < 0) {
            throw new SmilodonException(
                            VALUE_OUT_OF_RANGE,
                            "A number that counts or limits must not be negative",
                            Map.of("option", option, "actual", value, "expected", ">= 0"))
                    .at(Location.ROOT.child(option));
        }
    }
}
