package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code $in} and {@code $nin}. */
final class ListOperators {

    private ListOperators() {}

    static Condition in(Operand operand) {
        return Condition.of(parse(operand, "$in needs an array"));
    }

    static Condition nin(Operand operand) {
        return new Condition.Not(Condition.of(parse(operand, "$nin needs an array")));
    }

    private static In parse(Operand operand, String template) {
        FilterContext context = operand.context();
        List<Value> values = new ArrayList<>();
        List<MatchesRegex> patterns = new ArrayList<>();
        int index = 0;
        for (Value value : list(operand, template)) {
            FilterContext place = context.child(index++);
            requireWithinLimit(index, context);
            if (value instanceof RegexValue regex) {
                patterns.add(RegexOperators.literal(regex, place));
            } else {
                requireLiteral(value, place);
                values.add(value);
            }
        }
        return new In(values, patterns);
    }

    static ArrayValue list(Operand operand, String template) {
        if (operand.value() instanceof ArrayValue list) {
            return list;
        }
        throw operand.context().badValue(template, Map.of("type", operand.value().type().alias()));
    }

    static void requireWithinLimit(int count, FilterContext context) {
        if (count > FilterLimits.LIST_VALUES_MAX) {
            throw context.badValue(
                    "list of values is too long", Map.of("max", FilterLimits.LIST_VALUES_MAX));
        }
    }

    private static void requireLiteral(Value value, FilterContext context) {
        ComparisonOperators.requireComparable(value, context);
        if (value instanceof Document document && PredicateParser.holdsOperators(document)) {
            throw context.badValue("cannot nest $ under $in")
                    .withHint("write a regular expression as a value, not as $regex");
        }
    }
}
