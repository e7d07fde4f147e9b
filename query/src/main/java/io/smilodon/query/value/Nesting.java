package io.smilodon.query.value;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Map;

/**
 * Keeps values that are made from growing too deep, as input is kept: what walks values recursively
 * relies on it.
 */
public final class Nesting {

    private Nesting() {}

    /**
     * @throws SmilodonException (Overflow) if documents and arrays stand inside each other more
     *     than {@link Limits#NESTING_MAX} levels deep
     */
    public static void check(Value value) {
        descend(value, 0);
    }

    private static void descend(Value value, int depth) {
        switch (value) {
            case Document document -> {
                requireRoom(depth);
                for (Field field : document) {
                    descend(field.value(), depth + 1);
                }
            }
            case ArrayValue array -> {
                requireRoom(depth);
                for (Value element : array) {
                    descend(element, depth + 1);
                }
            }
            default -> {}
        }
    }

    private static void requireRoom(int depth) {
        if (depth == Limits.NESTING_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "Value is nested too deeply",
                    Map.of("max", Limits.NESTING_MAX));
        }
    }
}
