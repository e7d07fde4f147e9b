package io.smilodon.query.aggregate;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.query.exec.Cursor;
import java.util.List;
import java.util.Set;

/** Stages in a row, each working on what the one before it hands on. Immutable. */
public record Pipeline(List<Stage> stages) {

    public Pipeline {
        stages = List.copyOf(stages);
    }

    /** Reads a pipeline that stands at this place of the request. */
    public static Pipeline parse(ArrayValue stages, Location location) {
        return PipelineParser.parse(stages, location, Set.of());
    }

    /** The stream that the stages make of the input. Closing it closes the input. */
    public Cursor open(Cursor input, StageContext context) {
        Cursor output = input;
        for (Stage stage : stages) {
            output = stage.open(output, context);
        }
        return output;
    }

    /** The fields of its input that matter for its result. */
    public NeededFields neededFields() {
        NeededFields needed = NeededFields.ALL;
        for (Stage stage : stages.reversed()) {
            needed = stage.neededFields(needed);
        }
        return needed;
    }
}
