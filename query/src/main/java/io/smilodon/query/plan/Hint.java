package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Map;

/** Which way to the documents the user wants the planner to take. */
public sealed interface Hint {

    /** The planner chooses. */
    Hint NONE = new None();

    /** No wish: the planner chooses. */
    record None() implements Hint {}

    /** The index of this name. */
    record ByName(String name) implements Hint {}

    /** The index with exactly this key pattern. */
    record ByPattern(Document pattern) implements Hint {}

    /** {@code {$natural: 1}} or {@code {$natural: -1}}: no index, the documents as they lie. */
    record Natural(Direction direction) implements Hint {}

    /**
     * @param hint a name, a key pattern or {@code {$natural: ±1}}; {@code Missing} and the empty
     *     document mean no hint
     * @throws SmilodonException {@link ErrorCode#FAILED_TO_PARSE} for anything else
     */
    static Hint parse(Value hint) {
        return switch (hint) {
            case Missing none -> NONE;
            case StringValue name -> new ByName(name.value());
            case Document pattern -> ofDocument(pattern);
            default ->
                    throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "hint must be either a string or nested object",
                            Map.of("actual", hint.type().alias()));
        };
    }

    private static Hint ofDocument(Document pattern) {
        if (pattern.isEmpty()) {
            return NONE;
        }
        return pattern.has("$natural") ? natural(pattern.get("$natural")) : new ByPattern(pattern);
    }

    private static Hint natural(Value direction) {
        if (isNumber(direction, 1)) {
            return new Natural(Direction.FORWARD);
        }
        if (isNumber(direction, -1)) {
            return new Natural(Direction.BACKWARD);
        }
        throw new SmilodonException(
                ErrorCode.BAD_VALUE, "$natural hint must be 1 or -1", Map.of("actual", direction));
    }

    private static boolean isNumber(Value value, int expected) {
        return value instanceof NumberValue
                && ValueOrder.ASCENDING.compare(value, Value.of(expected)) == 0;
    }
}
