package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.PathCollector;
import io.smilodon.query.value.Growth;
import java.util.List;
import java.util.Map;

/**
 * {@code {$replaceRoot: {newRoot: <expression>}}}, {@code {$replaceWith: <expression>}}: another
 * document in the place of each.
 */
record ReplaceRoot(Expression newRoot, Location location) implements Stage {

    private static final String NEW_ROOT = "newRoot";

    static Stage parse(StageOperand operand) {
        if (!(operand.value() instanceof Document options)) {
            throw operand.error(
                    40229, "expected an object as specification for $replaceRoot stage");
        }
        for (Field option : options) {
            if (!option.name().equals(NEW_ROOT)) {
                throw new SmilodonException(
                                ErrorCode.location(40230),
                                "unrecognized option to $replaceRoot stage",
                                Map.of("option", option.name()))
                        .at(operand.location().child(option.name()));
            }
        }
        if (!options.has(NEW_ROOT)) {
            throw operand.error(40231, "no newRoot specified for the $replaceRoot stage");
        }
        return parseShort(operand.child(NEW_ROOT, options.get(NEW_ROOT)));
    }

    static Stage parseShort(StageOperand operand) {
        return new ReplaceRoot(operand.expression(), operand.location());
    }

    @Override
    public String name() {
        return "$replaceRoot";
    }

    @Override
    public boolean keepsMetadata() {
        return true;
    }

    @Override
    public Cursor open(Cursor input, StageContext context) {
        return new MapCursor(
                input, document -> required(newRoot.evaluate(context.evaluation().on(document))));
    }

    private Document required(Value value) {
        if (value instanceof Document document) {
            Growth.under(0).add(document);
            return document;
        }
        throw new SmilodonException(
                        ErrorCode.location(40228),
                        "'newRoot' expression must evaluate to an object",
                        Map.of("actual", value.type().alias()))
                .at(location);
    }

    @Override
    public NeededFields neededFields(NeededFields output) {
        return NeededFields.ofPaths(PathCollector.pathsOf(List.of(newRoot)));
    }
}
