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

    /** Refuses a value that is nested too deeply, {@code outer} levels lying around it. */
    static void check(Value value, int outer) {
        if (value instanceof Document document) {
            checkLevel(outer);
            for (Field field : document) {
                check(field.value(), outer + 1);
            }
        } else if (value instanceof ArrayValue array) {
            checkLevel(outer);
            for (Value element : array) {
                check(element, outer + 1);
            }
        }
    }

    private static void checkLevel(int outer) {
        if (outer >= Limits.NESTING_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "Document exceeds maximum nesting depth",
                    Map.of("limit", Limits.NESTING_MAX));
        }
    }
}
