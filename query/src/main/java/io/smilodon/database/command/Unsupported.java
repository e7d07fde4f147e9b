package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/** Refuses options that MongoDB has and this release has not: none is ignored silently. */
final class Unsupported {

    private Unsupported() {}

    /** Refuses fields that say yes. */
    static void flags(Body body, String... names) {
        for (String name : names) {
            if (body.flag(name, false)) {
                throw refused(name, Location.ROOT);
            }
        }
    }

    /** Refuses fields that are there. */
    static void fields(Body body, String... names) {
        for (String name : names) {
            if (body.has(name)) {
                throw refused(name, Location.ROOT);
            }
        }
    }

    static SmilodonException refused(String option, Location place) {
        return new SmilodonException(
                        ErrorCode.COMMAND_NOT_SUPPORTED,
                        "The option is not supported by this release",
                        Map.of("option", option))
                .at(place.child(option));
    }
}
