package io.smilodon.query.predicate;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Nesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads filters, once: names become objects here, and matching sees only those. */
public final class PredicateParser {

    private PredicateParser() {}

    /** Whether an operator of this name stands where a field could. */
    public static boolean hasRootOperator(String name) {
        return FilterOperators.ROOT.has(name);
    }

    /** Whether an operator of this name stands under a field. */
    public static boolean hasFieldOperator(String name) {
        return FilterOperators.FIELD.has(name);
    }

    /** Whether a name under a field is that of an operator, or a misspelt one. */
    public static boolean isLikeOperator(String name) {
        return hasFieldOperator(name) || FilterOperators.FIELD.suggest(name).isPresent();
    }

    /**
     * Reads a filter.
     *
     * @throws SmilodonException if it is none, with MongoDB's code and the place of the error
     */
    public static Predicate parse(Document filter) {
        return parse(filter, Location.ROOT);
    }

    /** Reads a filter that stands at this place of a request. */
    public static Predicate parse(Document filter, Location location) {
        return parse(filter, location, Set.of());
    }

    /** Reads a filter whose expressions may use variables of the user. */
    public static Predicate parse(Document filter, Location location, Set<String> variables) {
        Nesting.require(filter, location);
        return parse(filter, FilterContext.at(location, variables));
    }

    /** Reads the filter of a query, which may ask for what is near a point, nearest first. */
    public static Predicate parseQuery(Document filter, Location location, Set<String> variables) {
        Nesting.require(filter, location);
        return parse(filter, FilterContext.ofQuery(location, variables));
    }

    /** Reads a filter on elements of an array: they are not documents for expressions. */
    public static Predicate parseForElements(Document filter, Location location) {
        Nesting.require(filter, location);
        return parse(filter, FilterContext.at(location, Set.of()).ofElements());
    }

    static Predicate parse(Document filter, FilterContext context) {
        List<Predicate> predicates = new ArrayList<>();
        for (Field field : filter) {
            FilterContext place = context.child(field.name());
            predicates.add(
                    isOperator(field.name())
                            ? parseRoot(field, place)
                            : parseField(field.value(), place).at(FieldPath.parse(field.name())));
        }
        return Predicate.all(predicates);
    }

    private static boolean isOperator(String name) {
        return name.startsWith("$") && !isReferenceField(name);
    }

    private static Predicate parseRoot(Field field, FilterContext context) {
        context.countOperator();
        return FilterOperators.ROOT
                .find(field.name(), context.location())
                .orElseThrow(() -> unknownRoot(field.name(), context))
                .parse(field.value(), context);
    }

    private static SmilodonException unknownRoot(String name, FilterContext context) {
        SmilodonException error =
                context.badValue(
                        "unknown top level operator: "
                                + name
                                + ". If you have a field name that starts with a '$' symbol,"
                                + " consider using $getField or $setField.");
        return FilterOperators.FIELD.has(name)
                ? error.withHint(name + " belongs under a field: {field: {" + name + ": ...}}")
                : FilterOperators.ROOT.withSuggestion(error, name);
    }

    private static Condition parseField(Value value, FilterContext context) {
        if (value instanceof Document document && holdsOperators(document)) {
            return parseOperators(document, context);
        }
        context.countOperator();
        if (value instanceof RegexValue regex) {
            return Condition.of(RegexOperators.literal(regex, context));
        }
        ComparisonOperators.requireComparable(value, context);
        return Condition.of(new Equal(value));
    }

    /** Reads a document of operators: all of its fields must be some. */
    static Condition parseOperators(Document operators, FilterContext context) {
        List<Condition> conditions = new ArrayList<>();
        for (Field field : operators) {
            FilterContext place = context.child(field.name());
            place.countOperator();
            FieldOperator operator =
                    FilterOperators.FIELD
                            .find(field.name(), place.location())
                            .orElseThrow(() -> unknown(field.name(), place));
            conditions.add(
                    operator.parse(new FieldOperator.Operand(field.value(), operators, place)));
        }
        return conditions.size() == 1 ? conditions.get(0) : new Condition.All(conditions);
    }

    private static SmilodonException unknown(String name, FilterContext context) {
        SmilodonException error = context.badValue("unknown operator: " + name);
        if (FilterOperators.ROOT.has(name)) {
            return error.withHint(name + " belongs at the top level of a filter");
        }
        return name.startsWith("$")
                ? FilterOperators.FIELD.withSuggestion(error, name)
                : error.withHint("operators and fields cannot stand side by side here");
    }

    /** Whether a document under a field is one of operators: its first name decides. */
    public static boolean holdsOperators(Document document) {
        return !document.isEmpty()
                && document.iterator().next().name().startsWith("$")
                && !(document.has("$ref") && document.has("$id"));
    }

    /**
     * Whether a condition on elements is one of operators, on the element itself; else it is a
     * filter on the fields of elements that are documents.
     */
    public static boolean asksElement(Document condition) {
        if (condition.isEmpty()) {
            return false;
        }
        String first = condition.iterator().next().name();
        return first.startsWith("$")
                && !FilterOperators.ROOT.has(first)
                && !isReferenceField(first);
    }

    /** Whether the name is one of a database reference, which starts with a dollar sign too. */
    static boolean isReferenceField(String name) {
        return name.equals("$ref") || name.equals("$id") || name.equals("$db");
    }
}
