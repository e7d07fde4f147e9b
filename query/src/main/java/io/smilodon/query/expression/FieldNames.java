package io.smilodon.query.expression;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.FieldPath;
import java.util.Map;

/** The rules for names and paths in expressions and projections. */
public final class FieldNames {

    private FieldNames() {}

    /** Splits a dotted path, refusing empty steps and steps that start with a dollar sign. */
    public static FieldPath path(String dotted, Location location) {
        if (dotted.isEmpty()) {
            throw error(40352, "FieldPath cannot be constructed with empty string.", "")
                    .at(location);
        }
        if (dotted.endsWith(".")) {
            throw error(40353, "FieldPath must not end with a '.'.", dotted).at(location);
        }
        FieldPath path = FieldPath.parse(dotted);
        if (path.length() > Limits.NESTING_MAX) {
            throw new SmilodonException(
                            ErrorCode.OVERFLOW,
                            "FieldPath is too long",
                            Map.of("steps", path.length(), "stepsMax", Limits.NESTING_MAX))
                    .at(location);
        }
        path.steps().forEach(step -> require(step, location));
        return path;
    }

    /** Refuses what cannot be a field's name inside an expression. */
    public static void requireName(String name, Location location) {
        require(name, location);
        if (name.indexOf('.') >= 0) {
            throw error(16412, "FieldPath field names may not contain '.'.", name)
                    .at(location)
                    .withHint("nest the field: {a: {b: ...}}");
        }
    }

    private static void require(String name, Location location) {
        if (name.isEmpty()) {
            throw error(15998, "FieldPath field names may not be empty strings.", name)
                    .at(location);
        }
        if (name.startsWith("$") && !FieldPath.isOfReference(name)) {
            throw error(16410, "FieldPath field names may not start with '$'.", name)
                    .at(location)
                    .withHint("use $getField for a field whose name starts with $");
        }
        if (name.indexOf('\0') >= 0) {
            throw error(16411, "FieldPath field names may not contain '\\0'.", name).at(location);
        }
    }

    private static SmilodonException error(int code, String text, String name) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("name", name));
    }
}
