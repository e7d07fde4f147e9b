package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Map;
import java.util.Optional;

/** Which way to the documents the user wants the planner to take. */
public sealed interface Hint {

    /** The name that stands for the order in which documents lie. */
    String NATURAL = "$natural";

    /** The planner chooses. */
    Hint NONE = new None();

    /** No wish: the planner chooses. */
    record None() implements Hint {}

    /** The index of this name. */
    record ByName(String name) implements Hint {}

    /** The index with exactly this key pattern. */
    record ByPattern(Document pattern) implements Hint {}

    /**
     * {@code {$natural: 1}} or {@code {$natural: -1}}: no index, the documents as they lie.
     *
     * @param isOrder whether it is the order that is asked for, and not only a way to them
     */
    record Natural(Direction direction, boolean isOrder) implements Hint {}

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
        return pattern.has(NATURAL) ? natural(pattern.get(NATURAL)) : new ByPattern(pattern);
    }

    /** Whether it says {@code {$natural: ±1}} and nothing else. */
    static boolean isNatural(Document pattern) {
        return pattern.size() == 1 && naturalDirection(pattern.get(NATURAL)).isPresent();
    }

    private static Hint natural(Value direction) {
        return naturalDirection(direction)
                .map(way -> new Natural(way, false))
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.BAD_VALUE,
                                        "$natural hint cannot be set to a value other than -1 or"
                                                + " 1.",
                                        Map.of("actual", direction)));
    }

    private static Optional<Direction> naturalDirection(Value direction) {
        if (isNumber(direction, 1)) {
            return Optional.of(Direction.FORWARD);
        }
        return isNumber(direction, -1) ? Optional.of(Direction.BACKWARD) : Optional.empty();
    }

    /**
     * The hint of a query that asks for natural order, {@code sort: {$natural: ±1}}.
     *
     * @param sort has a field {@code $natural}
     * @throws SmilodonException {@link ErrorCode#BAD_VALUE} if it has others or another value, or
     *     if this hint says something else
     */
    default Hint inNaturalOrder(Document sort, Location place) {
        Optional<Direction> direction = naturalDirection(sort.get(NATURAL));
        if (direction.isEmpty() || sort.size() != 1) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "$natural sort cannot be set to a value other than -1 or 1.",
                            Map.of("actual", sort))
                    .at(place);
        }
        return switch (this) {
            case None none -> new Natural(direction.get(), true);
            case Natural natural -> {
                if (natural.direction != direction.get()) {
                    throw new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "$natural hint must be in the same direction as $natural sort"
                                            + " order")
                            .at(place);
                }
                yield new Natural(natural.direction, true);
            }
            case ByName byName -> throw noIndex(place);
            case ByPattern byPattern -> throw noIndex(place);
        };
    }

    private static SmilodonException noIndex(Location place) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE, "index hint not allowed with $natural sort order")
                .at(place);
    }

    private static boolean isNumber(Value value, int expected) {
        return value instanceof NumberValue
                && ValueOrder.ASCENDING.compare(value, Value.of(expected)) == 0;
    }
}
