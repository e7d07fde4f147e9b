package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.value.Nesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads pipelines. */
final class PipelineParser {

    /** How many stages a pipeline may have, as in MongoDB. */
    static final int STAGES_MAX = 1_000;

    private PipelineParser() {}

    /**
     * Reads a pipeline.
     *
     * @throws SmilodonException 14 for a stage that is no document, 40323 for one without exactly
     *     one field, 40324 for an unknown one, 7749501 for too many, the stages' own codes, and
     *     those of {@link StagePlacement}
     */
    static Pipeline parse(ArrayValue stages, PipelineScope scope) {
        if (scope.depth() == 0) {
            Nesting.require(stages, scope.location());
        }
        List<Stage> parsed = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Value stage : stages) {
            if (parsed.size() == STAGES_MAX) {
                throw new SmilodonException(
                                ErrorCode.location(7749501),
                                "Pipeline length must be no longer than 1000 stages")
                        .at(scope.location());
            }
            Field field = field(stage, scope.location().child(parsed.size()));
            parsed.add(stage(field, scope.location().child(parsed.size()), scope));
            names.add(field.name());
        }
        SearchPlacement.check(parsed, stages, scope);
        for (int i = 0; i < names.size(); i++) {
            row(names.get(i), scope.location())
                    .placement()
                    .check(names.get(i), i, names.size(), scope);
        }
        return new Pipeline(parsed, MetadataKind.isReadIn(stages));
    }

    /**
     * Refuses what is no stage at all, before anything else is looked at.
     *
     * @throws SmilodonException 14, 40323 or 40324
     */
    static void requireStages(ArrayValue stages, Location location) {
        int position = 0;
        for (Value stage : stages) {
            Location place = location.child(position++);
            Field field = field(stage, place);
            row(field.name(), place.child(field.name()));
        }
    }

    private static Field field(Value written, Location location) {
        if (!(written instanceof Document document)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "Each element of the 'pipeline' array must be an object",
                            Map.of("actual", written.type().alias()))
                    .at(location);
        }
        if (document.size() != 1) {
            throw new SmilodonException(
                            ErrorCode.location(40323),
                            "A pipeline stage specification object must contain exactly one"
                                    + " field.",
                            Map.of("fields", document.size()))
                    .at(location);
        }
        return document.iterator().next();
    }

    private static Stage stage(Field field, Location location, PipelineScope scope) {
        Location place = location.child(field.name());
        return row(field.name(), place)
                .parse(new StageOperand(field.value(), place, scope.bound(), scope.depth()));
    }

    private static StageFactory row(String name, Location location) {
        return Stages.TABLE.find(name, location).orElseThrow(() -> unknown(name, location));
    }

    private static SmilodonException unknown(String name, Location location) {
        SmilodonException error =
                new SmilodonException(
                                ErrorCode.location(40324),
                                "Unrecognized pipeline stage name",
                                Map.of("stage", name))
                        .at(location);
        return Stages.TABLE.withSuggestion(error, name);
    }
}
