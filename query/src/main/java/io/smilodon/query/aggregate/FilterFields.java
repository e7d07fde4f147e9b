package io.smilodon.query.aggregate;

import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.predicate.Predicate;
import java.util.List;

/** Which parts of documents a filter looks at. */
final class FilterFields {

    private FilterFields() {}

    public static NeededFields of(Predicate filter) {
        return switch (filter) {
            case Predicate.And and -> ofAll(and.children());
            case Predicate.Or or -> ofAll(or.children());
            case Predicate.Not not -> of(not.child());
            case Predicate.At at -> NeededFields.of(at.path());
            case Predicate.Computed computed ->
                    NeededFields.ofPaths(PathCollector.pathsOf(List.of(computed.expression())));
            case Predicate.Whole whole ->
                    whole.test().readsDocument() ? NeededFields.ALL : NeededFields.NONE;
        };
    }

    private static NeededFields ofAll(List<Predicate> filters) {
        return NeededFields.all(filters.stream().map(FilterFields::of).toList());
    }
}
