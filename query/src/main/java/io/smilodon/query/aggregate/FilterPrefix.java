package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters that ask only of what is inside one field. */
final class FilterPrefix {

    private FilterPrefix() {}

    /**
     * The filter as the document in the field has to pass it; empty if it asks of anything else.
     */
    static Optional<Predicate> strip(Predicate filter, FieldPath field) {
        return switch (filter) {
            case Predicate.And and -> stripAll(and.children(), field).map(Predicate.And::new);
            case Predicate.Or or -> stripAll(or.children(), field).map(Predicate.Or::new);
            case Predicate.Not not -> strip(not.child(), field).map(Predicate.Not::new);
            case Predicate.At at -> strip(at, field);
            case Predicate.Computed computed -> Optional.empty();
            case Predicate.Whole whole -> Optional.empty();
        };
    }

    private static Optional<List<Predicate>> stripAll(List<Predicate> filters, FieldPath field) {
        List<Predicate> stripped = new ArrayList<>();
        for (Predicate filter : filters) {
            strip(filter, field).ifPresent(stripped::add);
        }
        return stripped.size() == filters.size() ? Optional.of(stripped) : Optional.empty();
    }

    private static Optional<Predicate> strip(Predicate.At at, FieldPath field) {
        List<String> steps = at.path().steps();
        int length = field.length();
        boolean isInside = steps.size() > length && steps.subList(0, length).equals(field.steps());
        if (!isInside) {
            return Optional.empty();
        }
        FieldPath rest = new FieldPath(steps.subList(length, steps.size()));
        return Optional.of(new Predicate.At(rest, at.test(), at.elementsLackFields()));
    }
}
