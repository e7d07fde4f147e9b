package io.smilodon.query.value;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.Map;

/**
 * Holds what programs hand over to so few levels that whatever walks it does not run out of stack.
 * That is more than filters and schemas may have, which say themselves what is too deep; texts are
 * held to the levels of a document as they are read.
 */
public final class Nesting {

    private static final int LEVELS_MAX = 256;

    private Nesting() {}

    /**
     * Looks at a value and all that is in it.
     *
     * @throws SmilodonException Overflow beyond {@value #LEVELS_MAX} levels
     */
    public static void require(Value value, Location location) {
        if (!fits(value, LEVELS_MAX)) {
            throw new SmilodonException(
                            ErrorCode.OVERFLOW,
                            "Request exceeds maximum nesting depth",
                            Map.of("limit", LEVELS_MAX))
                    .at(location);
        }
    }

    private static boolean fits(Value value, int levels) {
        switch (value) {
            case Document document -> {
                for (Field field : document) {
                    if (levels == 0 || !fits(field.value(), levels - 1)) {
                        return false;
                    }
                }
            }
            case ArrayValue array -> {
                for (Value element : array) {
                    if (levels == 0 || !fits(element, levels - 1)) {
                        return false;
                    }
                }
            }
            default -> {}
        }
        return true;
    }
}
