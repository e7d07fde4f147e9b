package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code {$addFields: {field: <expression>}}}, also called {@code $set}: more fields.
 *
 * @param projection what it does
 * @param named the top-level fields that it sets or goes into
 * @param renamed the fields that those are copies of as wholes, by the names of the copies
 * @param read what its expressions read
 */
record AddFields(
        Projection projection, Set<String> named, Map<String, String> renamed, NeededFields read)
        implements Stage {

    static Stage parse(StageOperand operand) {
        Projection projection =
                ProjectionParser.addFields(
                        operand.value(), operand.location(), operand.variables());
        Set<String> named = new HashSet<>();
        List<Expression> expressions = new ArrayList<>();
        for (Field field : (Document) operand.value()) {
            named.add(FieldPath.parse(field.name()).first());
            expressions.add(operand.child(field.name(), field.value()).expression());
        }
        NeededFields read = NeededFields.ofPaths(PathCollector.pathsOf(expressions));
        Map<String, String> renamed = WrittenFields.renamed((Document) operand.value());
        return new AddFields(projection, Set.copyOf(named), renamed, read);
    }

    @Override
    public String name() {
        return "$addFields";
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
        return output.and(read);
    }

    @Override
    public boolean letsFilterPass(String field) {
        return !named.contains(field);
    }

    @Override
    public Optional<String> origin(String field) {
        return letsFilterPass(field) ? Optional.of(field) : Optional.ofNullable(renamed.get(field));
    }
}
