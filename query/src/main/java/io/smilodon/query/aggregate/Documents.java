package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code {$documents: <expression>}}: the documents of an array that the request brings along.
 *
 * @param expression makes the array
 * @param location where it stands, for errors
 */
record Documents(Expression expression, Location location) implements SourceStage {

    static final String NAME = "$documents";

    static Stage parse(StageOperand operand) {
        return new Documents(operand.expression(), operand.location());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        Value value = expression.evaluate(context.evaluation());
        if (!(value instanceof ArrayValue array)) {
            throw error(5858203, "$documents must evaluate to an array of objects", value);
        }
        List<Document> documents = new ArrayList<>();
        for (Value element : array) {
            if (!(element instanceof Document document)) {
                throw error(40228, "an element of $documents must be an object", element);
            }
            documents.add(document);
        }
        return new DocumentsCursor(documents);
    }

    private SmilodonException error(int code, String text, Value actual) {
        Map<String, String> details = Map.of("actual", actual.type().alias());
        return new SmilodonException(ErrorCode.location(code), text, details).at(location);
    }
}
