package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads pipelines. */
final class PipelineParser {

    /** How many stages a pipeline may have, as in MongoDB. */
    public static final int STAGES_MAX = 1_000;

    private PipelineParser() {}

    /**
     * Reads a pipeline.
     *
     * @param variables the variables of the user that its expressions may use
     * @throws SmilodonException 14 for a stage that is no document, 40323 for one without exactly
     *     one field, 40324 for an unknown one, 7749501 for too many, and the stages' own codes
     */
    public static Pipeline parse(ArrayValue stages, Location location, Set<String> variables) {
        List<Stage> parsed = new ArrayList<>();
        for (Value stage : stages) {
            if (parsed.size() == STAGES_MAX) {
                throw new SmilodonException(
                                ErrorCode.location(7749501),
                                "Pipeline length must be no longer than 1000 stages")
                        .at(location);
            }
            Location place = location.child(parsed.size());
            parsed.add(stage(stage, place, variables));
        }
        return new Pipeline(parsed);
    }

    private static Stage stage(Value written, Location location, Set<String> variables) {
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
        Field field = document.iterator().next();
        Location place = location.child(field.name());
        return Stages.TABLE
                .find(field.name())
                .orElseThrow(() -> unknown(field.name(), place))
                .parse(new StageOperand(field.value(), place, variables));
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
