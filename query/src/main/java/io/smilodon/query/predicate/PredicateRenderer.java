package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/** Writes predicates as filters again, for explain: parsing them gives equal predicates. */
final class PredicateRenderer {

    private PredicateRenderer() {}

    static Document render(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and ->
                    and.children().isEmpty() ? Document.EMPTY : list("$and", and.children());
            case Predicate.Or or ->
                    or.children().isEmpty()
                            ? Document.of("$alwaysFalse", Value.of(1))
                            : list("$or", or.children());
            case Predicate.Not not -> renderNot(not.child());
            case Predicate.At at -> Document.of(at.path().dotted(), at.test().toDocument());
            case Predicate.Computed computed -> Document.of("$expr", computed.written());
            case Predicate.Whole whole -> whole.test().toDocument();
        };
    }

    private static Document renderNot(Predicate child) {
        return switch (child) {
            case Predicate.At at ->
                    Document.of(at.path().dotted(), Document.of("$not", at.test().toDocument()));
            case Predicate.Or or ->
                    or.children().isEmpty()
                            ? Document.of("$alwaysTrue", Value.of(1))
                            : list("$nor", or.children());
            case Predicate.And and -> list("$nor", List.of(and));
            case Predicate.Not not -> list("$nor", List.of(not));
            case Predicate.Computed computed -> list("$nor", List.of(computed));
            case Predicate.Whole whole -> list("$nor", List.of(whole));
        };
    }

    private static Document list(String operator, List<Predicate> children) {
        return Document.of(
                operator, ArrayValue.of(children.stream().map(PredicateRenderer::render).toList()));
    }
}
