package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/**
 * Where in a filter the parser is, how deep, and how many operators it has met. Not thread-safe:
 * the contexts of one filter share the count.
 */
final class FilterContext {

    private final Location location;
    private final int depth;
    private final Count operators;

    private FilterContext(Location location, int depth, Count operators) {
        this.location = location;
        this.depth = depth;
        this.operators = operators;
    }

    private static final class Count {
        private int value;
    }

    static FilterContext at(Location location) {
        return new FilterContext(location, 1, new Count());
    }

    FilterContext child(String name) {
        return new FilterContext(location.child(name), depth, operators);
    }

    FilterContext child(int index) {
        return new FilterContext(location.child(index), depth, operators);
    }

    /** The context of a filter inside this one. */
    FilterContext nested() {
        if (depth == FilterLimits.NESTING_MAX) {
            throw badValue("filter is nested too deeply", Map.of("max", FilterLimits.NESTING_MAX));
        }
        return new FilterContext(location, depth + 1, operators);
    }

    /** Counts one operator against the limit. */
    void countOperator() {
        operators.value++;
        if (operators.value > FilterLimits.OPERATORS_MAX) {
            throw badValue(
                    "filter has too many operators", Map.of("max", FilterLimits.OPERATORS_MAX));
        }
    }

    SmilodonException badValue(String template) {
        return badValue(template, Map.of());
    }

    SmilodonException badValue(String template, Map<String, ?> details) {
        return error(ErrorCode.BAD_VALUE, template, details);
    }

    SmilodonException error(ErrorCode code, String template, Map<String, ?> details) {
        return located(new SmilodonException(code, template, details));
    }

    /** The same error, found here. */
    SmilodonException located(SmilodonException error) {
        return error.at(location);
    }
}
