package io.smilodon.query.aggregate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.GreaterOrEqual;
import io.smilodon.query.predicate.GreaterThan;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.LessOrEqual;
import io.smilodon.query.predicate.LessThan;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Filters as they are asked before a stage, by the names that fields have there. */
final class EarlierFilter {

    private EarlierFilter() {}

    /**
     * The filter.
     *
     * @param origin the field that comes out of the stage under a name, as it went in
     * @return empty if it asks of anything else, or an expression of what has another name
     */
    static Optional<Predicate> of(Predicate filter, Function<String, Optional<String>> origin) {
        return switch (filter) {
            case Predicate.And and -> all(and.children(), origin).map(Predicate.And::new);
            case Predicate.Or or -> all(or.children(), origin).map(Predicate.Or::new);
            case Predicate.Not not -> of(not.child(), origin).map(Predicate.Not::new);
            case Predicate.At at -> origin.apply(at.path().first()).map(name -> from(at, name));
            case Predicate.Computed computed -> ifUntouched(computed, origin);
            case Predicate.Whole whole -> ifUntouched(whole, origin);
        };
    }

    private static Optional<List<Predicate>> all(
            List<Predicate> filters, Function<String, Optional<String>> origin) {
        List<Predicate> earlier = new ArrayList<>();
        for (Predicate filter : filters) {
            of(filter, origin).ifPresent(earlier::add);
        }
        return earlier.size() == filters.size() ? Optional.of(earlier) : Optional.empty();
    }

    private static Predicate from(Predicate.At at, String name) {
        List<String> steps = new ArrayList<>(at.path().steps());
        return steps.set(0, name).equals(name)
                ? at
                : new Predicate.At(new FieldPath(steps), at.test(), at.elementsLackFields());
    }

    private static Optional<Predicate> ifUntouched(
            Predicate filter, Function<String, Optional<String>> origin) {
        NeededFields read = FilterFields.of(filter);
        boolean isUntouched =
                !read.isWhole()
                        && read.names().stream()
                                .allMatch(name -> origin.apply(name).equals(Optional.of(name)));
        return isUntouched ? Optional.of(filter) : Optional.empty();
    }

    /**
     * Whether the filter keeps all or none of the values that compare as equal, absent ones being
     * null: then it keeps or drops whole groups of them.
     */
    static boolean isOfGroups(Predicate filter) {
        return switch (filter) {
            case Predicate.And and -> and.children().stream().allMatch(EarlierFilter::isOfGroups);
            case Predicate.Or or -> or.children().stream().allMatch(EarlierFilter::isOfGroups);
            case Predicate.Not not -> isOfGroups(not.child());
            case Predicate.At at -> at.path().length() == 1 && isOfGroups(at.test());
            case Predicate.Computed computed -> false;
            case Predicate.Whole whole -> false;
        };
    }

    private static boolean isOfGroups(ValueTest test) {
        boolean compares =
                switch (test) {
                    case Equal equal -> true;
                    case In in -> in.patterns().isEmpty();
                    case GreaterThan above -> true;
                    case GreaterOrEqual above -> true;
                    case LessThan below -> true;
                    case LessOrEqual below -> true;
                    default -> false;
                };
        return compares && test.test(Missing.INSTANCE) == test.test(NullValue.INSTANCE);
    }
}
