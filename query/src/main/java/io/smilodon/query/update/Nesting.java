package io.smilodon.query.update;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** The limit on documents and arrays inside each other, for what updates produce. */
final class Nesting {

    private Nesting() {}

    /** Refuses a value that is nested too deeply, so many levels lying around it. */
    static void check(Value value, int outer) {
        checkLevels(outer);
        switch (value) {
            case Document document -> {
                checkLevels(outer + 1);
                for (Field field : document) {
                    check(field.value(), outer + 1);
                }
            }
            case ArrayValue array -> {
                checkLevels(outer + 1);
                for (Value element : array) {
                    check(element, outer + 1);
                }
            }
            default -> {
                // Nothing lies inside it.
            }
        }
    }

    private static void checkLevels(int levels) {
        if (levels > Limits.NESTING_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "Document exceeds maximum nesting depth",
                    Map.of("limit", Limits.NESTING_MAX));
        }
    }
}
