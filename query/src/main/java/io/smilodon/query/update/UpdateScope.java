package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.expression.BoundVariables;
import java.util.List;

/**
 * What stands around an update in its request.
 *
 * @param location where the update stands
 * @param arrayFilters the elements that {@code $[name]} means
 * @param variables what the expressions of a pipeline may use: the request's {@code let}
 * @param constants more of them, for a pipeline only
 */
public record UpdateScope(
        Location location,
        List<Document> arrayFilters,
        BoundVariables variables,
        Document constants) {

    private static final ErrorCode CONSTANTS_WITHOUT_PIPELINE = ErrorCode.location(51198);

    public UpdateScope {
        arrayFilters = List.copyOf(arrayFilters);
    }

    /** An update that stands alone. */
    public static UpdateScope at(Location location) {
        DateValue now = new DateValue(System.currentTimeMillis());
        return new UpdateScope(location, List.of(), BoundVariables.none(now), Document.EMPTY);
    }

    ArrayFilters parseFilters() {
        return ArrayFilters.parse(arrayFilters, Location.ROOT.child("arrayFilters"));
    }

    BoundVariables allVariables() {
        return variables.withConstants(constants, Location.ROOT.child("c"));
    }

    void requireNoArrayFilters(String error) {
        if (!arrayFilters.isEmpty()) {
            throw new SmilodonException(ErrorCode.FAILED_TO_PARSE, error)
                    .at(Location.ROOT.child("arrayFilters"));
        }
    }

    void requireNoConstants() {
        if (!constants.isEmpty()) {
            throw new SmilodonException(
                            CONSTANTS_WITHOUT_PIPELINE,
                            "Constant values may only be specified for pipeline updates")
                    .at(Location.ROOT.child("c"));
        }
    }
}
