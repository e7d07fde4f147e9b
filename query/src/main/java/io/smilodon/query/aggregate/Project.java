package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** {@code {$project: {field: 1, other: <expression>}}}: some fields, or all but some. */
record Project(Projection projection, WrittenFields fields) implements Stage {

    static Stage parse(StageOperand operand) {
        Projection projection =
                ProjectionParser.project(operand.value(), operand.location(), operand.variables());
        return new Project(projection, WrittenFields.of((Document) operand.value()));
    }

    @Override
    public String name() {
        return "$project";
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
        if (fields.dropsOnly()) {
            return output;
        }
        Set<FieldPath> kept = new HashSet<>();
        PathCollector computed = new PathCollector();
        projection.collectPaths(kept::add, computed);
        return output.among(kept).and(NeededFields.ofPaths(computed.paths()));
    }

    @Override
    public boolean letsFilterPass(String field) {
        return fields.handsOn(field);
    }

    @Override
    public Optional<String> origin(String field) {
        return fields.origin(field);
    }
}
