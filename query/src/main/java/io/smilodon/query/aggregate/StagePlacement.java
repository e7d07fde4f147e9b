package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a stage may stand. A stage that must be first or last cannot be there twice.
 *
 * @param position at which end of its pipeline, if that matters
 * @param places in which pipelines
 */
record StagePlacement(Position position, Set<PipelinePlace> places) {

    /** Where in its pipeline. */
    enum Position {
        ANYWHERE,
        FIRST,
        LAST
    }

    /** Anywhere but in updates. */
    static final StagePlacement DEFAULT =
            new StagePlacement(
                    Position.ANYWHERE, EnumSet.complementOf(EnumSet.of(PipelinePlace.UPDATE)));

    /** Anywhere, in updates too: it makes one document of one, and looks at no other. */
    static final StagePlacement ALSO_IN_UPDATES =
            new StagePlacement(Position.ANYWHERE, EnumSet.allOf(PipelinePlace.class));

    /** Anywhere but in updates and in {@code $facet}. */
    static final StagePlacement NOT_IN_FACETS = DEFAULT.without(PipelinePlace.FACET);

    /** Where documents come from: first, and not where others provide them. */
    static final StagePlacement SOURCE =
            new StagePlacement(Position.FIRST, NOT_IN_FACETS.places).without(PipelinePlace.VIEW);

    /** Where the server tells of itself: first in a request. */
    static final StagePlacement REPORT =
            new StagePlacement(Position.FIRST, EnumSet.of(PipelinePlace.COMMAND));

    /** What the server knows of a collection: also first in a pipeline over another one. */
    static final StagePlacement STATISTICS =
            new StagePlacement(
                    Position.FIRST,
                    EnumSet.of(PipelinePlace.COMMAND, PipelinePlace.LOOKUP, PipelinePlace.UNION));

    /** In a request for changes; where is its own matter. */
    static final StagePlacement IN_STREAMS =
            new StagePlacement(Position.ANYWHERE, EnumSet.of(PipelinePlace.COMMAND));

    /** Where documents go to: at the end of a request. */
    static final StagePlacement SINK =
            new StagePlacement(Position.LAST, EnumSet.of(PipelinePlace.COMMAND));

    StagePlacement {
        places = Set.copyOf(places);
    }

    private StagePlacement without(PipelinePlace place) {
        Set<PipelinePlace> others = EnumSet.copyOf(places);
        others.remove(place);
        return new StagePlacement(position, others);
    }

    /**
     * Refuses a stage where it may not stand.
     *
     * @param name the stage's, for the error
     * @param index its position
     * @param count how many stages there are
     * @throws SmilodonException 40602 if it must be first, 40601 if it must be last, and that of
     *     the place if it does not belong there
     */
    void check(String name, int index, int count, PipelineScope scope) {
        Location at = scope.location().child(index).child(name);
        if (!places.contains(scope.place())) {
            throw error(scope.place().refusal(), name + " " + scope.place().text(), name).at(at);
        }
        if (position == Position.FIRST && index > 0) {
            throw notFirst(name).at(at);
        }
        if (position == Position.LAST && index < count - 1) {
            String text = name + " can only be the final stage in the pipeline";
            throw error(ErrorCode.location(40601), text, name).at(at);
        }
    }

    /** What to say of a stage that must be the first and is not. */
    static SmilodonException notFirst(String name) {
        String text = name + " is only valid as the first stage in a pipeline";
        return error(ErrorCode.location(40602), text, name);
    }

    private static SmilodonException error(ErrorCode code, String text, String name) {
        return new SmilodonException(code, text, Map.of("stage", name));
    }
}
