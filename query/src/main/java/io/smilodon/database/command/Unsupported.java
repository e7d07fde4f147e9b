package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
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

    /** Refuses any collation but the order of bytes. */
    static void collation(Body body) {
        collation(body.document("collation"), Location.ROOT);
    }

    static void collation(Document collation, Location place) {
        boolean isSimple =
                collation.isEmpty() || collation.get("locale").equals(Value.of("simple"));
        if (!isSimple) {
            throw refused("collation", place).withHint("{locale: \"simple\"} compares bytes");
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
