package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.metadata.MetadataKind;
import java.util.Map;
import java.util.Set;

/**
 * Where the parser finds a pipeline. Immutable.
 *
 * @param location its place in the request
 * @param bound the variables of the user that its expressions may use, with the values of those
 *     that the operation has as a whole, and its instant
 * @param place what it is part of
 * @param depth how many pipelines are around it
 * @param known what is known of its documents besides their fields before it begins
 */
public record PipelineScope(
        Location location,
        BoundVariables bound,
        PipelinePlace place,
        int depth,
        Set<MetadataKind> known) {

    /** How deep pipelines may stand inside each other, as in MongoDB. */
    public static final int DEPTH_MAX = 20;

    private static final ErrorCode TOO_DEEP = new ErrorCode(232, "MaxSubPipelineDepthExceeded");

    public PipelineScope {
        if (depth > DEPTH_MAX) {
            throw new SmilodonException(
                            TOO_DEEP,
                            "Maximum number of nested sub-pipelines exceeded",
                            Map.of("max", DEPTH_MAX))
                    .at(location);
        }
    }

    /** A pipeline that is part of nothing else. */
    public static PipelineScope at(Location location, PipelinePlace place) {
        return new PipelineScope(
                location, BoundVariables.none(OperationScope.instant()), place, 0, Set.of());
    }

    /** A pipeline that stands inside another one. */
    static PipelineScope inside(
            Location location, BoundVariables bound, PipelinePlace place, int depth) {
        return new PipelineScope(location, bound, place, depth, Set.of());
    }

    /** The same pipeline, of an operation with these variables. */
    public PipelineScope with(BoundVariables variables) {
        return new PipelineScope(location, variables, place, depth, known);
    }

    /** The same pipeline of documents of which this is known besides their fields. */
    public PipelineScope knowing(Set<MetadataKind> kinds) {
        return new PipelineScope(location, bound, place, depth, kinds);
    }

    /** The same pipeline with some more variables, whose values change from run to run. */
    PipelineScope withChanging(Set<String> names) {
        return new PipelineScope(location, bound.withChanging(names), place, depth, known);
    }

    /** The names of the variables. */
    Set<String> variables() {
        return bound.names();
    }
}
