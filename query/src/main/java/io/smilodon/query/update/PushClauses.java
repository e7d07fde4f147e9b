package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.sort.ElementOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the long form of {@code $push}. */
final class PushClauses {

    private static final String EACH = "$each";
    private static final String POSITION = "$position";
    private static final String SLICE = "$slice";
    private static final String SORT = "$sort";
    static final Set<String> CLAUSES = Set.of(EACH, POSITION, SLICE, SORT);

    private final Document clauses;
    private final UpdateArgument argument;

    PushClauses(Document clauses, UpdateArgument argument) {
        this.clauses = clauses;
        this.argument = argument;
    }

    /** Whether a pushed document is meant as clauses: without {@code $each} it is a value. */
    static boolean areIn(Document document) {
        return document.has(EACH);
    }

    Push parse() {
        for (Field clause : clauses) {
            if (!CLAUSES.contains(clause.name())) {
                throw argument.error(
                        ErrorCode.BAD_VALUE,
                        "Unrecognized clause in $push",
                        Map.of("clause", clause.name()));
            }
        }
        return new Push(each(), integer(POSITION), order(), integer(SLICE));
    }

    private List<Value> each() {
        Value each = clauses.get(EACH);
        if (each instanceof ArrayValue values) {
            return values.elements();
        }
        throw argument.error(
                        ErrorCode.BAD_VALUE,
                        "The argument to $each in $push must be an array",
                        Map.of("actual", each.type().alias()))
                .withHint("write {$each: [...]} beside the other clauses");
    }

    private OptionalLong integer(String clause) {
        Value value = clauses.get(clause);
        if (value == Missing.INSTANCE) {
            return OptionalLong.empty();
        }
        if (value instanceof NumberValue number && number.isIntegral()) {
            return OptionalLong.of(clamped(number.toLong()));
        }
        throw argument.error(
                ErrorCode.BAD_VALUE,
                "The value for " + clause + " must be an integer value",
                Map.of("actual", value.type().alias()));
    }

    /** No array is longer than an int counts, so that sums of lengths fit a long. */
    private static long clamped(long number) {
        return Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private Optional<ElementOrder> order() {
        try {
            return switch (clauses.get(SORT)) {
                case Missing absent -> Optional.empty();
                case NumberValue direction -> Optional.of(ElementOrder.byValue(direction));
                case Document pattern -> Optional.of(ElementOrder.byFields(pattern));
                default ->
                        throw new SmilodonException(
                                ErrorCode.BAD_VALUE,
                                "The $sort is invalid: use 1/-1 to sort the whole element, or"
                                        + " {field:1/-1} to sort embedded fields");
            };
        } catch (SmilodonException e) {
            throw e.at(argument.location().child(SORT));
        }
    }
}
