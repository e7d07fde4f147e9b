package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code {$unset: "field"}}, {@code {$unset: ["field", ...]}}: fewer fields. */
record Unset(Projection projection, Set<String> named) implements Stage {

    static Stage parse(StageOperand operand) {
        Projection projection = ProjectionParser.unset(operand.value(), operand.location());
        List<Value> paths =
                operand.value() instanceof ArrayValue array
                        ? array.elements()
                        : List.of(operand.value());
        Set<String> named = new HashSet<>();
        for (Value path : paths) {
            named.add(FieldPath.parse(((StringValue) path).value()).first());
        }
        return new Unset(projection, Set.copyOf(named));
    }

    @Override
    public String name() {
        return "$unset";
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return MapCursor.projecting(input, projection, context.evaluation());
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return output;
    }

    @Override
    public boolean letsFilterPass(String field) {
        return !named.contains(field);
    }
}
