package io.smilodon.query.plan;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.predicate.ElementMatches;
import io.smilodon.query.predicate.MatchesSchema;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;

/** Tells why a filter gives no bounds on the first field of an index. Immutable. */
final class Unbounded {

    private final IndexCandidate index;
    private final FieldPath field;

    private Unbounded(IndexCandidate index) {
        this.index = index;
        this.field = index.pattern().part(0).path();
    }

    /**
     * The reason.
     *
     * @param conjuncts in normal form
     */
    static Reason reason(IndexCandidate index, List<Predicate> conjuncts) {
        Unbounded unbounded = new Unbounded(index);
        return conjuncts.stream()
                .flatMap(conjunct -> unbounded.of(Optional.empty(), conjunct).stream())
                .findFirst()
                .orElse(Reason.FIRST_FIELD_NOT_IN_FILTER);
    }

    /** Why this gives none; empty if it does not ask about the field. */
    private Optional<Reason> of(Optional<FieldPath> base, Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and ->
                    and.children().stream().flatMap(c -> of(base, c).stream()).findFirst();
            case Predicate.Or or ->
                    or.children().stream().flatMap(c -> asked(base, c).stream()).findFirst();
            case Predicate.Not not -> ofNegation(base, not.child());
            case Predicate.At at -> of(base, at);
            case Predicate.Computed computed -> of(computed);
            case Predicate.Whole whole -> of(whole);
        };
    }

    /** One branch may give bounds, but then another one gives none. */
    private Optional<Reason> asked(Optional<FieldPath> base, Predicate branch) {
        return of(base, branch).map(reason -> Reason.OR_BRANCH_WITHOUT_BOUNDS);
    }

    private Optional<Reason> ofNegation(Optional<FieldPath> base, Predicate child) {
        return of(base, child)
                .map(reason -> index.isMultikey(0) ? Reason.NEGATION_ON_ARRAYS : reason);
    }

    private Optional<Reason> of(Optional<FieldPath> base, Predicate.At at) {
        FieldPath path = base.map(b -> b.child(at.path().dotted())).orElse(at.path());
        if (path.equals(field)) {
            return Optional.of(ofKeys(IntervalSet.of(at.test().intervals())));
        }
        return at.test() instanceof ElementMatches matches
                ? of(Optional.of(path), matches.predicate())
                : Optional.empty();
    }

    private Reason ofKeys(IntervalSet keys) {
        if (!index.comparesAlike() && keys.dependsOnCollation()) {
            return Reason.OTHER_COLLATION;
        }
        return index.pattern().part(0).kind() == PartKind.HASHED && !keys.isPoints()
                ? Reason.HASHES_HAVE_NO_ORDER
                : Reason.CONDITION_WITHOUT_BOUNDS;
    }

    private Optional<Reason> of(Predicate.Computed computed) {
        IntervalSet keys = computed.ranges().at(field);
        if (!keys.isAll()) {
            return Optional.of(index.isMultikey(0) ? Reason.EXPRESSION_ON_ARRAYS : ofKeys(keys));
        }
        boolean isChosen =
                computed.ranges().choices().stream()
                        .flatMap(List::stream)
                        .anyMatch(one -> !one.at(field).isAll());
        if (isChosen) {
            return Optional.of(Reason.OR_BRANCH_WITHOUT_BOUNDS);
        }
        boolean reads =
                PathCollector.pathsOf(List.of(computed.expression()))
                        .map(paths -> paths.contains(field))
                        .orElse(true);
        return reads ? Optional.of(Reason.EXPRESSION_WITHOUT_BOUNDS) : Optional.empty();
    }

    private Optional<Reason> of(Predicate.Whole whole) {
        return whole.test() instanceof MatchesSchema matches
                        && names(matches.schema().written(), field.first())
                ? Optional.of(Reason.SCHEMA_WITHOUT_BOUNDS)
                : Optional.empty();
    }

    /** Whether the field is named: that it must be there, or what its values must be. */
    private static boolean names(Value schema, String name) {
        return switch (schema) {
            case Document document -> {
                boolean isNamed = document.has(name);
                for (Field keyword : document) {
                    isNamed |= names(keyword.value(), name);
                }
                yield isNamed;
            }
            case ArrayValue array -> {
                boolean isNamed = false;
                for (Value element : array) {
                    isNamed |= names(element, name);
                }
                yield isNamed;
            }
            case StringValue string -> string.value().equals(name);
            default -> false;
        };
    }
}
