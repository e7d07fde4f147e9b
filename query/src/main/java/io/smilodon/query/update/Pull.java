package io.smilodon.query.update;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.function.Function;

/**
 * {@code {$pull: {field: condition}}}: takes the elements away that match. A document is a filter
 * on elements that are documents, an operator document or a regular expression a condition on the
 * element itself, anything else is compared.
 */
final class Pull {

    /** The name under which an element is shown to a condition on the element itself. */
    private static final String ELEMENT = "element";

    private Pull() {}

    static FieldChange parse(UpdateArgument argument) {
        return new Removal("$pull", removed(argument));
    }

    private static Function<ValueOrder, java.util.function.Predicate<Value>> removed(
            UpdateArgument argument) {
        Value condition = argument.value();
        if (condition instanceof Document filter && !PredicateParser.asksElement(filter)) {
            Predicate parsed = PredicateParser.parseForElements(filter, argument.location());
            return order -> {
                Predicate predicate = parsed.under(order);
                return element ->
                        element instanceof Document document && predicate.matches(document);
            };
        }
        if (condition instanceof Document || condition instanceof RegexValue) {
            Predicate parsed = onElement(condition, argument.location());
            return order -> {
                Predicate predicate = parsed.under(order);
                return element -> predicate.matches(Document.of(ELEMENT, element));
            };
        }
        return order -> element -> order.areEqual(element, condition);
    }

    private static Predicate onElement(Value condition, Location location) {
        return PredicateParser.parseForElements(Document.of(ELEMENT, condition), location);
    }
}
