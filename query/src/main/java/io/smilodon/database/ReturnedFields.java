package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.projection.Projection;
import java.util.Optional;
import java.util.function.Function;

/** Which fields of the one document that it changes a write hands out. Pure functions. */
final class ReturnedFields {

    private ReturnedFields() {}

    /**
     * The projection of the one document that is changed; an empty one keeps all fields.
     *
     * @param variables those of the operation
     * @param order how values compare in it
     */
    static Function<Document, Document> of(
            Document filter,
            FindAndModifyOptions options,
            BoundVariables variables,
            ValueOrder order) {
        if (options.projection().isEmpty()) {
            return Function.identity();
        }
        Projection projection =
                Queries.parseProjection(
                        options.projection(), Queries.parseFilter(filter, variables), variables);
        requireNoMatch(projection, options.returnsNew());
        Projection ordered = order.isSimple() ? projection : projection.under(order);
        EvaluationContext context = variables.context().under(order);
        return document -> ordered.apply(context.on(document));
    }

    /**
     * The same of a write that is explained; empty if it keeps all fields.
     *
     * @param query what it finds
     */
    static Optional<Projection> explained(
            Queries.Parsed query, Document written, boolean returnsNew) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Projection projection = Queries.parseProjection(written, query.filter(), query.variables());
        requireNoMatch(projection, returnsNew);
        return Optional.of(projection);
    }

    private static void requireNoMatch(Projection projection, boolean returnsNew) {
        if (projection.usesMatch() && returnsNew) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "cannot use a positional projection and return the new document")
                    .at(Location.ROOT.child("projection"));
        }
    }
}
