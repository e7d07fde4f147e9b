package io.smilodon.query.predicate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;

/**
 * Where in a filter the parser is, how deep, and what the whole filter shares: the count of its
 * operators, and the variables that its expressions may use. Not thread-safe.
 */
final class FilterContext {

    private final Location location;
    private final int depth;
    private final boolean isInElement;
    private final Whole whole;

    private FilterContext(Location location, int depth, boolean isInElement, Whole whole) {
        this.location = location;
        this.depth = depth;
        this.isInElement = isInElement;
        this.whole = whole;
    }

    private static final class Whole {

        private final Set<String> variables;
        private int operators;

        Whole(Set<String> variables) {
            this.variables = variables;
        }
    }

    static FilterContext at(Location location, Set<String> variables) {
        return new FilterContext(location, 1, false, new Whole(variables));
    }

    /** The variables that expressions may use. */
    Set<String> variables() {
        return whole.variables;
    }

    /** Whether the filter is one on elements of an array, not on the document. */
    boolean isInElement() {
        return isInElement;
    }

    FilterContext inElement() {
        return new FilterContext(location, depth, true, whole);
    }

    FilterContext child(String name) {
        return new FilterContext(location.child(name), depth, isInElement, whole);
    }

    FilterContext child(int index) {
        return new FilterContext(location.child(index), depth, isInElement, whole);
    }

    /** The context of a filter inside this one. */
    FilterContext nested() {
        if (depth == FilterLimits.NESTING_MAX) {
            throw badValue("filter is nested too deeply", Map.of("max", FilterLimits.NESTING_MAX));
        }
        return new FilterContext(location, depth + 1, isInElement, whole);
    }

    /** Counts one operator against the limit. */
    void countOperator() {
        whole.operators++;
        if (whole.operators > FilterLimits.OPERATORS_MAX) {
            throw badValue(
                    "filter has too many operators", Map.of("max", FilterLimits.OPERATORS_MAX));
        }
    }

    Location location() {
        return location;
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
