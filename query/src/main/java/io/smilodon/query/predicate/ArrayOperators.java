package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.FieldOperator.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code $all}, {@code $elemMatch}, {@code $allMatch} and {@code $keyMapMatch}. */
final class ArrayOperators {

    private static final String ELEM_MATCH = "$elemMatch";

    private ArrayOperators() {}

    static Condition all(Operand operand) {
        ArrayValue list = ListOperators.list(operand, "$all needs an array");
        FilterContext context = operand.context();
        boolean ofElements = isElemMatch(list.get(0));
        List<Condition> conditions = new ArrayList<>();
        for (Value member : list) {
            FilterContext place = context.child(conditions.size());
            ListOperators.requireWithinLimit(conditions.size() + 1, context);
            conditions.add(ofElements ? elementMember(member, place) : valueMember(member, place));
        }
        return conditions.isEmpty() ? Condition.never() : new Condition.All(conditions);
    }

    private static boolean isElemMatch(Value member) {
        return member instanceof Document document && document.has(ELEM_MATCH);
    }

    private static Condition elementMember(Value member, FilterContext context) {
        if (member instanceof Document document
                && document.size() == 1
                && document.has(ELEM_MATCH)) {
            FilterContext place = context.child(ELEM_MATCH);
            place.countOperator();
            return elemMatch(new Operand(document.get(ELEM_MATCH), document, place));
        }
        throw context.badValue("$all/$elemMatch has to be consistent");
    }

    private static Condition valueMember(Value member, FilterContext context) {
        if (member instanceof Document document && PredicateParser.holdsOperators(document)) {
            throw context.badValue("no $ expressions in $all");
        }
        if (member instanceof RegexValue regex) {
            return Condition.of(RegexOperators.literal(regex, context));
        }
        ComparisonOperators.requireComparable(member, context);
        return Condition.of(new Equal(member));
    }

    static Condition elemMatch(Operand operand) {
        Document document = document(operand, "$elemMatch needs an Object");
        FilterContext context = operand.context().nested().inElement();
        return Condition.of(
                PredicateParser.asksElement(document)
                        ? new AnyElement(tests(document, context))
                        : new ElementMatches(PredicateParser.parse(document, context)));
    }

    static Condition allMatch(Operand operand) {
        Document document = document(operand, "$allMatch needs an Object");
        FilterContext context = operand.context().nested().inElement();
        return Condition.of(
                PredicateParser.asksElement(document)
                        ? new AllElements(tests(document, context))
                        : new AllElementsMatch(PredicateParser.parse(document, context)));
    }

    static Condition keyMapMatch(Operand operand) {
        Document document = document(operand, "$keyMapMatch needs an Object");
        FilterContext context = operand.context().nested().inElement();
        if (!PredicateParser.asksElement(document)) {
            throw context.badValue("$keyMapMatch needs operators on the keys");
        }
        return Condition.of(new KeyMatches(tests(document, context)));
    }

    private static Document document(Operand operand, String template) {
        if (operand.value() instanceof Document document) {
            return document;
        }
        throw operand.context().badValue(template, Map.of("type", operand.value().type().alias()));
    }

    private static List<ValueTest> tests(Document operators, FilterContext context) {
        return PredicateParser.parseOperators(operators, context).ofOneValue().toList();
    }
}
