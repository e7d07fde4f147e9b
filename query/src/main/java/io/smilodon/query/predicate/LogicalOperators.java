package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code $and}, {@code $or}, {@code $nor} and {@code $not}. */
final class LogicalOperators {

    private LogicalOperators() {}

    static Predicate and(Value operand, FilterContext context) {
        return Predicate.all(parse(operand, context, "$and must be an array"));
    }

    static Predicate or(Value operand, FilterContext context) {
        List<Predicate> children = parse(operand, context, "$or must be an array");
        return children.size() == 1 ? children.get(0) : new Predicate.Or(children);
    }

    static Predicate nor(Value operand, FilterContext context) {
        int texts = context.texts();
        Predicate any = new Predicate.Or(parse(operand, context, "$nor must be an array"));
        if (context.texts() > texts) {
            throw context.badValue("text expression not allowed in nor");
        }
        return new Predicate.Not(any);
    }

    private static List<Predicate> parse(Value operand, FilterContext context, String template) {
        if (!(operand instanceof ArrayValue filters)) {
            throw context.badValue(template, Map.of("type", operand.type().alias()));
        }
        if (filters.isEmpty()) {
            throw context.badValue("$and/$or/$nor must be a nonempty array");
        }
        List<Predicate> children = new ArrayList<>();
        FilterContext inner = context.nested();
        for (Value filter : filters) {
            FilterContext place = inner.child(children.size());
            if (!(filter instanceof Document document)) {
                throw place.badValue(
                        "$or/$and/$nor entries need to be full objects",
                        Map.of("type", filter.type().alias()));
            }
            children.add(PredicateParser.parse(document, place));
        }
        return children;
    }

    static Condition not(Operand operand) {
        FilterContext context = operand.context().nested();
        return switch (operand.value()) {
            case RegexValue regex ->
                    new Condition.Not(Condition.of(RegexOperators.literal(regex, context)));
            case Document operators -> {
                if (operators.isEmpty()) {
                    throw context.badValue("$not cannot be empty");
                }
                yield new Condition.Not(PredicateParser.parseOperators(operators, context));
            }
            default ->
                    throw context.badValue(
                            "$not needs a regex or a document",
                            Map.of("type", operand.value().type().alias()));
        };
    }
}
