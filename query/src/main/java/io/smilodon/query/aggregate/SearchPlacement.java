package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.predicate.TextTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where in a pipeline {@code $text} may stand, and who may ask for its score. */
final class SearchPlacement {

    private static final ErrorCode NOT_FIRST = ErrorCode.location(17313);

    private static final Set<MetadataKind> OF_PLACES =
            Set.of(MetadataKind.GEO_NEAR_DISTANCE, MetadataKind.GEO_NEAR_POINT);
    private static final Set<MetadataKind> OF_WORDS = Set.of(MetadataKind.TEXT_SCORE);
    private static final List<MetadataKind> OF_SEARCHES =
            List.of(
                    MetadataKind.TEXT_SCORE,
                    MetadataKind.GEO_NEAR_DISTANCE,
                    MetadataKind.GEO_NEAR_POINT);

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
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Match match && TextTest.in(match.filter()).isPresent()) {
                if (i > 0 || scope.place() == PipelinePlace.FACET) {
                    throw notFirst(scope.location().child(i));
                }
            }
        }
        boolean isOwn = scope.place() == PipelinePlace.COMMAND && scope.depth() == 0;
        if (isOwn) {
            requireKnown(stages, written, scope);
        }
    }

    private static void requireKnown(List<Stage> stages, ArrayValue written, PipelineScope scope) {
        Set<MetadataKind> known = known(stages);
        for (MetadataKind kind : OF_SEARCHES) {
            boolean isKnown = known.contains(kind) || scope.known().contains(kind);
            if (!isKnown && kind.isReadBy(written)) {
                throw kind.unavailable().at(scope.location());
            }
        }
    }

    /** What stages find out about documents by searching for them. */
    static Set<MetadataKind> known(List<Stage> stages) {
        if (stages.isEmpty()) {
            return Set.of();
        }
        return switch (stages.getFirst()) {
            case GeoNear near -> OF_PLACES;
            case Match match -> TextTest.in(match.filter()).isPresent() ? OF_WORDS : Set.of();
            case Fusion fusion -> known(fusion);
            default -> Set.of();
        };
    }

    private static Set<MetadataKind> known(Fusion fusion) {
        boolean isOfWords = fusion.inputs().stream().anyMatch(input -> input.pipeline().searches());
        Set<MetadataKind> known = EnumSet.copyOf(OF_PLACES);
        if (isOfWords) {
            known.addAll(OF_WORDS);
        }
        return known;
    }

    static SmilodonException notFirst(Location place) {
        return new SmilodonException(
                        NOT_FIRST, "$match with $text is only allowed as the first pipeline stage")
                .at(place);
    }
}
