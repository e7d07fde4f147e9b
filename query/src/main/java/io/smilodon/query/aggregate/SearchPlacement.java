package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.predicate.TextTest;
import java.util.List;

/** Where in a pipeline {@code $text} may stand, and who may ask for its score. */
final class SearchPlacement {

    private static final ErrorCode NOT_FIRST = ErrorCode.location(17313);

    private SearchPlacement() {}

    /**
     * Checks a pipeline.
     *
     * @param written the stages as they were written
     * @throws SmilodonException 17313 for a {@code $text} that is not in the first stage of a
     *     pipeline on a collection, 40218 for its score without it, and for distances without
     *     {@code $geoNear}
     */
    static void check(List<Stage> stages, ArrayValue written, PipelineScope scope) {
        boolean isSearched = false;
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Match match && TextTest.in(match.filter()).isPresent()) {
                if (i > 0 || scope.place() == PipelinePlace.FACET) {
                    throw notFirst(scope.location().child(i));
                }
                isSearched = true;
            }
        }
        if (!stages.isEmpty() && stages.getFirst() instanceof Fusion fusion) {
            isSearched = fusion.inputs().stream().anyMatch(input -> input.pipeline().searches());
        }
        boolean isOwn = scope.place() == PipelinePlace.COMMAND && scope.depth() == 0;
        if (isOwn) {
            requireKnown(MetadataKind.TEXT_SCORE, isSearched, written, scope);
            boolean isNear =
                    !stages.isEmpty()
                            && (stages.getFirst() instanceof GeoNear
                                    || stages.getFirst() instanceof Fusion);
            requireKnown(MetadataKind.GEO_NEAR_DISTANCE, isNear, written, scope);
            requireKnown(MetadataKind.GEO_NEAR_POINT, isNear, written, scope);
        }
    }

    private static void requireKnown(
            MetadataKind kind, boolean isKnown, ArrayValue written, PipelineScope scope) {
        if (!isKnown && kind.isReadBy(written)) {
            throw kind.unavailable().at(scope.location());
        }
    }

    static SmilodonException notFirst(Location place) {
        return new SmilodonException(
                        NOT_FIRST, "$match with $text is only allowed as the first pipeline stage")
                .at(place);
    }
}
