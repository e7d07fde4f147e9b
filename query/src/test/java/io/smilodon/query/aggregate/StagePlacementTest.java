package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.EvaluationContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StagePlacementTest {

    private static final Map<PipelinePlace, Integer> CODES =
            Map.of(
                    PipelinePlace.FACET, 40600,
                    PipelinePlace.LOOKUP, 51047,
                    PipelinePlace.UNION, 31441,
                    PipelinePlace.VIEW, 167,
                    PipelinePlace.UPDATE, 72);

    private static final BoundVariables NEW =
            BoundVariables.none(new DateValue(0)).withChanging(Set.of("new"));

    private static PipelineScope scope(PipelinePlace place) {
        return PipelineScope.at(Location.ROOT, place);
    }

    private static int code(String stage, int index, PipelinePlace place) {
        StagePlacement placement = Stages.TABLE.find(stage).orElseThrow().placement();
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> placement.check(stage, index, 3, scope(place)));
        assertTrue(error.template().startsWith(stage + " "), error.template());
        return error.code().number();
    }

    @Test
    void rule_094_a_stage_stands_only_where_its_row_says() {
        for (String stage : Stages.TABLE.names()) {
            StagePlacement placement = Stages.TABLE.find(stage).orElseThrow().placement();
            for (PipelinePlace place : PipelinePlace.values()) {
                if (placement.places().contains(place)) {
                    boolean isLast = placement.position() == StagePlacement.Position.LAST;
                    placement.check(stage, isLast ? 2 : 0, 3, scope(place));
                } else {
                    assertEquals(CODES.get(place), code(stage, 0, place), stage);
                }
            }
        }
    }

    @Test
    void rule_094_first_and_last() {
        for (String stage : Stages.TABLE.names()) {
            StagePlacement placement = Stages.TABLE.find(stage).orElseThrow().placement();
            switch (placement.position()) {
                case FIRST -> assertEquals(40602, code(stage, 1, PipelinePlace.COMMAND));
                case LAST -> assertEquals(40601, code(stage, 1, PipelinePlace.COMMAND));
                case ANYWHERE -> placement.check(stage, 1, 3, scope(PipelinePlace.COMMAND));
            }
        }
    }

    @Test
    void rule_094_what_a_facet_may_not_contain() {
        Set<String> refused = new TreeSet<>();
        for (String stage : Stages.TABLE.names()) {
            StagePlacement placement = Stages.TABLE.find(stage).orElseThrow().placement();
            if (!placement.places().contains(PipelinePlace.FACET)) {
                refused.add(stage);
            }
        }
        Set<String> named =
                Set.of(
                        "$collStats",
                        "$documents",
                        "$facet",
                        "$geoNear",
                        "$indexStats",
                        "$merge",
                        "$out",
                        "$search");
        assertTrue(refused.containsAll(named), refused::toString);
    }

    @Test
    void updates_consist_of_stages_that_change_one_document() {
        Set<String> allowed = new TreeSet<>();
        for (String stage : Stages.TABLE.names()) {
            StagePlacement placement = Stages.TABLE.find(stage).orElseThrow().placement();
            if (placement.places().contains(PipelinePlace.UPDATE)) {
                allowed.add(stage);
            }
        }
        assertEquals(
                List.of("$addFields", "$project", "$replaceRoot", "$replaceWith", "$set", "$unset"),
                List.copyOf(allowed));
    }

    @Test
    void a_pipeline_of_an_update_changes_one_document() {
        ArrayValue stages =
                ExtendedJson.readArray("[{\"$set\": {\"b\": \"$$new\"}}, {\"$unset\": \"a\"}]");
        Pipeline pipeline = Pipeline.parse(stages, scope(PipelinePlace.UPDATE).with(NEW));

        Document after =
                pipeline.applyTo(
                        ExtendedJson.readDocument("{\"_id\": 1, \"a\": 2}"),
                        EvaluationContext.of(Document.EMPTY, new DateValue(0))
                                .with("new", new Int32Value(7)));

        assertEquals(ExtendedJson.readDocument("{\"_id\": 1, \"b\": 7}"), after);
    }
}
