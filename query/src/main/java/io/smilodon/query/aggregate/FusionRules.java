package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.metadata.MetadataKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pipelines a stage that fuses results takes: those that choose and order documents, and
 * leave them as they are. Immutable.
 *
 * @param stage the stage's name
 * @param first what a pipeline may begin with, so that its results have a place
 * @param takesSorted whether a {@code $sort} gives them one too, or else a {@code $text}
 * @param codes of its errors
 */
record FusionRules(String stage, Set<String> first, boolean takesSorted, Codes codes) {

    /** The codes for a pipeline that is empty, nested, without places, or changes documents. */
    record Codes(int empty, int nested, int unordered, int changing) {}

    static final FusionRules RANKED =
            new FusionRules(
                    RankFusion.NAME,
                    Set.of(Search.NAME, VectorSearch.NAME, GeoNear.NAME),
                    true,
                    new Codes(9834300, 10473002, 9191100, 9191103));

    static final FusionRules SCORED =
            new FusionRules(
                    ScoreFusion.NAME,
                    Set.of(Search.NAME, VectorSearch.NAME),
                    false,
                    new Codes(9402503, 10473003, 9402500, 9402502));

    private static final String SORT = "$sort";

    private static final Set<String> SELECTING =
            Set.of(
                    Search.NAME,
                    VectorSearch.NAME,
                    GeoNear.NAME,
                    "$match",
                    "$limit",
                    "$sample",
                    "$skip",
                    SORT);

    /** Refuses a pipeline that is none of these; its stages are read later. */
    void check(ArrayValue stages, StageOperand place) {
        List<String> names = names(stages);
        if (names.isEmpty()) {
            throw error(codes.empty, stage + " input pipeline cannot be empty", place);
        }
        if (names.contains(RankFusion.NAME) || names.contains(ScoreFusion.NAME)) {
            throw error(
                    codes.nested,
                    stage + " input pipeline has a nested hybrid search stage",
                    place);
        }
        boolean isOrdered =
                first.contains(names.getFirst())
                        || (takesSorted ? names.contains(SORT) : asksForText(stages.get(0)));
        if (!isOrdered) {
            throw error(codes.unordered, stage + " input pipeline has no order of its own", place)
                    .withHint("begin with one of " + List.copyOf(new TreeSet<>(first)));
        }
        for (Value written : stages) {
            String name = name(written);
            if (!SELECTING.contains(name) || addsFields(name, written)) {
                throw new SmilodonException(
                                ErrorCode.location(codes.changing),
                                stage
                                        + " input pipelines only retrieve, limit, or order"
                                        + " documents",
                                Map.of("stage", name))
                        .at(place.location());
            }
        }
    }

    private static boolean asksForText(Value written) {
        return switch (written) {
            case Document document -> {
                for (Field field : document) {
                    if (field.name().equals("$text") || asksForText(field.value())) {
                        yield true;
                    }
                }
                yield false;
            }
            case ArrayValue array -> {
                for (Value element : array) {
                    if (asksForText(element)) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }

    private static boolean addsFields(String name, Value written) {
        return name.equals(GeoNear.NAME)
                && ((Document) written).get(name) instanceof Document options
                && (options.has("distanceField") || options.has("includeLocs"));
    }

    private static SmilodonException error(int code, String text, StageOperand place) {
        return new SmilodonException(ErrorCode.location(code), text).at(place.location());
    }

    /** The names of the stages; what is no stage stands for itself. */
    private static List<String> names(ArrayValue stages) {
        List<String> names = new ArrayList<>();
        stages.forEach(stage -> names.add(name(stage)));
        return names;
    }

    private static String name(Value stage) {
        return stage instanceof Document document && !document.isEmpty()
                ? document.iterator().next().name()
                : stage.toString();
    }

    /** What the results of such a pipeline are ordered by. */
    static Optional<MetadataKind> place(ArrayValue stages) {
        List<String> names = names(stages);
        if (names.contains(SORT)) {
            return Optional.of(MetadataKind.SORT_KEY);
        }
        if (names.getFirst().equals(GeoNear.NAME)) {
            return Optional.of(MetadataKind.GEO_NEAR_DISTANCE);
        }
        Value options = ((Document) stages.get(0)).get(names.getFirst());
        boolean isSorted = options instanceof Document search && search.has("sort");
        return isSorted ? Optional.empty() : Optional.of(MetadataKind.SCORE);
    }
}
