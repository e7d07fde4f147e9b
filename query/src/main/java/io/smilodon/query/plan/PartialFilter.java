package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.Exists;
import io.smilodon.query.predicate.GreaterOrEqual;
import io.smilodon.query.predicate.GreaterThan;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.LessOrEqual;
import io.smilodon.query.predicate.LessThan;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TypeIs;
import io.smilodon.query.predicate.ValueTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The option {@code partialFilterExpression}: of which documents an index has entries. */
public final class PartialFilter {

    private PartialFilter() {}

    /**
     * The filter of an index, its strings compared as those of the index; empty if the index has
     * all documents.
     *
     * @param location where the specification of the index stands in the request
     * @throws SmilodonException 67 for operators that the filter of an index may not have, and what
     *     parsing a filter throws
     */
    public static Optional<Predicate> of(IndexDefinition definition, Location location) {
        Location place = location.child("partialFilterExpression");
        return definition.options().partialFilter().map(filter -> parse(definition, filter, place));
    }

    private static Predicate parse(IndexDefinition definition, Document filter, Location place) {
        Predicate parsed = PredicateParser.parse(filter, place);
        check(parsed, filter, place);
        return parsed.under(definition.options().collation().order());
    }

    private static void check(Predicate predicate, Document filter, Location place) {
        switch (predicate) {
            case Predicate.And and -> check(and.children(), filter, place);
            case Predicate.Or or -> check(or.children(), filter, place);
            case Predicate.At at -> {
                if (!isAllowed(at.test())) {
                    throw unsupported(at.test().toDocument(), place);
                }
            }
            case Predicate.Not not -> throw unsupported(filter, place);
            case Predicate.Computed computed -> throw unsupported(filter, place);
            case Predicate.Whole whole -> throw unsupported(filter, place);
        }
    }

    private static void check(List<Predicate> children, Document filter, Location place) {
        children.forEach(child -> check(child, filter, place));
    }

    private static boolean isAllowed(ValueTest test) {
        return switch (test) {
            case Equal equal -> true;
            case Exists exists -> true;
            case GreaterThan greater -> true;
            case GreaterOrEqual greater -> true;
            case LessThan less -> true;
            case LessOrEqual less -> true;
            case TypeIs type -> true;
            case In in -> in.patterns().isEmpty();
            default -> false;
        };
    }

    private static SmilodonException unsupported(Value found, Location place) {
        return new SmilodonException(
                        ErrorCode.CANNOT_CREATE_INDEX,
                        "Unsupported expression in partial index",
                        Map.of("found", found))
                .at(place)
                .withHint("use $eq, $in, $gt, $gte, $lt, $lte, $type, $exists: true, $and and $or");
    }
}
