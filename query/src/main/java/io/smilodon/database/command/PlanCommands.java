package io.smilodon.database.command;

import io.smilodon.database.FindRequest;
import io.smilodon.database.Planning;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import java.util.Optional;

/** The commands about how queries are planned. */
final class PlanCommands {

    private static final String QUERY = "query";
    private static final String SORT = "sort";
    private static final String PROJECTION = "projection";
    private static final String COLLATION = "collation";

    static final Command CLEAR =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.PLAN_CACHE_WRITE))
                    .optional(FieldKind.OBJECT, QUERY, SORT, PROJECTION, COLLATION)
                    .by(PlanCommands::clear);

    static final Command ADVISE =
            Command.on(
                            Target.COLLECTION,
                            Permission.READ,
                            Requirement.onCollection(Action.PLAN_CACHE_READ))
                    .by(invocation -> invocation.collection().planning().adviseIndexes());

    private PlanCommands() {}

    private static Document clear(Invocation invocation) {
        Planning planning = invocation.collection().planning();
        like(invocation.body()).ifPresentOrElse(planning::clear, planning::clear);
        return Document.EMPTY;
    }

    /** The shape that is named; empty if none is. */
    private static Optional<FindRequest> like(Body body) {
        if (body.has(QUERY)) {
            return Optional.of(
                    FindRequest.of(body.document(QUERY))
                            .withSort(body.document(SORT))
                            .withProjection(body.document(PROJECTION))
                            .withCollation(body.document(COLLATION)));
        }
        if (body.has(SORT) || body.has(PROJECTION) || body.has(COLLATION)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "sort, projection or collation provided without query")
                    .at(Location.ROOT);
        }
        return Optional.empty();
    }
}
