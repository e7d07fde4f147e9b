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
    private final Subject subject;
    private final Whole whole;

    private FilterContext(Location location, int depth, Subject subject, Whole whole) {
        this.location = location;
        this.depth = depth;
        this.subject = subject;
        this.whole = whole;
    }

    /** What a filter asks: whole documents, elements of arrays, or those inside another filter. */
    enum Subject {
        DOCUMENT,
        ELEMENTS,
        ELEMENTS_INSIDE
    }

    private static final class Whole {

        private final Set<String> variables;
        private boolean takesNear;
        private int operators;
        private int texts;

        Whole(Set<String> variables) {
            this.variables = variables;
        }
    }

    static FilterContext at(Location location, Set<String> variables) {
        return new FilterContext(location, 1, Subject.DOCUMENT, new Whole(variables));
    }

    /** The context of a filter whose documents may come in order of distance. */
    static FilterContext ofQuery(Location location, Set<String> variables) {
        FilterContext context = at(location, variables);
        context.whole.takesNear = true;
        return context;
    }

    boolean takesNear() {
        return whole.takesNear;
    }

    /** The variables that expressions may use. */
    Set<String> variables() {
        return whole.variables;
    }

    /** What the filter asks. */
    Subject subject() {
        return subject;
    }

    /** Refuses what array filters and {@code $pull} must not have, as MongoDB does. */
    void requireNotOfElements(String operator) {
        if (subject == Subject.ELEMENTS) {
            throw error(
                    ErrorCode.QUERY_FEATURE_NOT_ALLOWED,
                    operator + " is not allowed in this context",
                    Map.of());
        }
    }

    /** The context of a filter on elements that stands for itself, as an array filter does. */
    FilterContext ofElements() {
        return new FilterContext(location, depth, Subject.ELEMENTS, whole);
    }

    /** The context of a filter on elements inside this one. */
    FilterContext inElement() {
        return subject == Subject.ELEMENTS
                ? this
                : new FilterContext(location, depth, Subject.ELEMENTS_INSIDE, whole);
    }

    FilterContext child(String name) {
        return new FilterContext(location.child(name), depth, subject, whole);
    }

    FilterContext child(int index) {
        return new FilterContext(location.child(index), depth, subject, whole);
    }

    /** The context of a filter inside this one. */
    FilterContext nested() {
        if (depth == FilterLimits.NESTING_MAX) {
            throw badValue("filter is nested too deeply", Map.of("max", FilterLimits.NESTING_MAX));
        }
        return new FilterContext(location, depth + 1, subject, whole);
    }

    /** Counts one operator against the limit. */
    void countOperator() {
        whole.operators++;
        if (whole.operators > FilterLimits.OPERATORS_MAX) {
            throw badValue(
                    "filter has too many operators", Map.of("max", FilterLimits.OPERATORS_MAX));
        }
    }

    /** Notes a {@code $text}: a filter has one at most, as it is the index that finds documents. */
    void countText() {
        whole.texts++;
        if (whole.texts > 1) {
            throw badValue("Too many text expressions");
        }
    }

    /** How many {@code $text} the filter has so far. */
    int texts() {
        return whole.texts;
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
