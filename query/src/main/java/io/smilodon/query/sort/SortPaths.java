package io.smilodon.query.sort;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import java.util.Map;

/** The paths that a sort may name. */
final class SortPaths {

    private static final ErrorCode EMPTY_STEP = ErrorCode.location(15998);
    private static final ErrorCode DOLLAR = ErrorCode.location(16410);
    private static final ErrorCode EMPTY = ErrorCode.location(40352);
    private static final ErrorCode TRAILING_DOT = ErrorCode.location(40353);

    private SortPaths() {}

    static FieldPath parse(String name, Location place) {
        if (name.isEmpty()) {
            throw refused(EMPTY, "FieldPath cannot be constructed with empty string", name, place);
        }
        if (name.endsWith(".")) {
            throw refused(TRAILING_DOT, "FieldPath must not end with a '.'.", name, place);
        }
        FieldPath path = FieldPath.parse(name);
        for (String step : path.steps()) {
            if (step.isEmpty()) {
                throw refused(
                        EMPTY_STEP, "FieldPath field names may not be empty strings.", name, place);
            }
            if (step.startsWith("$") && !FieldPath.isOfReference(step)) {
                throw refused(DOLLAR, "FieldPath field names may not start with '$'.", name, place);
            }
        }
        return path;
    }

    private static SmilodonException refused(
            ErrorCode code, String template, String name, Location place) {
        return new SmilodonException(code, template, Map.of("path", name)).at(place);
    }
}
