package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;

/**
 * Where the parser finds a pipeline. Immutable.
 *
 * @param location its place in the request
 * @param variables the variables of the user that its expressions may use
 * @param place what it is part of
 * @param depth how many pipelines are around it
 */
public record PipelineScope(
        Location location, Set<String> variables, PipelinePlace place, int depth) {

    /** How deep pipelines may stand inside each other, as in MongoDB. */
    public static final int DEPTH_MAX = 20;

    private static final ErrorCode TOO_DEEP = new ErrorCode(232, "MaxSubPipelineDepthExceeded");

    public PipelineScope {
        variables = Set.copyOf(variables);
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
        return new PipelineScope(location, Set.of(), place, 0);
    }

    public PipelineScope withVariables(Set<String> bound) {
        return new PipelineScope(location, bound, place, depth);
    }
}
