package io.smilodon.query.expression.array;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$arrayToObject: <array>}}: a document of pairs, each {@code {k: <name>, v: <value>}} or
 * {@code [<name>, <value>]}; of a name that occurs twice the last value. Of null and missing it is
 * null.
 */
record ArrayToDocument(Expression operand) implements UnaryExpression {

    private static final String NAME = "$arrayToObject";

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        DocumentBuilder builder = Document.builder();
        ArrayValue pairs = ArrayErrors.requireArray(value, 40386, NAME);
        Steps.take(pairs.size());
        if (pairs.isEmpty()) {
            return builder.build();
        }
        switch (pairs.get(0)) {
            case ArrayValue first -> pairs.forEach(pair -> putPair(pair, builder));
            case Document first -> pairs.forEach(pair -> putNamed(pair, builder));
            default -> throw error(40398, "Each element must be a pair", pairs.get(0));
        }
        return builder.build();
    }

    private static void putPair(Value element, DocumentBuilder builder) {
        if (!(element instanceof ArrayValue pair)) {
            throw error(40396, "The first pair is an array, so all must be", element);
        }
        if (pair.size() != 2) {
            throw error(40397, "Each pair must be of 2 elements", pair);
        }
        if (!(pair.get(0) instanceof StringValue name)) {
            throw error(40395, "The name in each pair must be a string", pair.get(0));
        }
        builder.put(requireName(name, 4940400), pair.get(1));
    }

    private static void putNamed(Value element, DocumentBuilder builder) {
        if (!(element instanceof Document pair)) {
            throw error(40391, "The first pair is an object, so all must be", element);
        }
        if (pair.size() != 2) {
            throw error(40392, "Each object must have exactly two fields", pair);
        }
        if (!pair.has("k") || !pair.has("v")) {
            throw error(40393, "Each object must have the fields k and v", pair);
        }
        if (!(pair.get("k") instanceof StringValue name)) {
            throw error(40394, "The field k of each object must be a string", pair.get("k"));
        }
        builder.put(requireName(name, 4940401), pair.get("v"));
    }

    private static String requireName(StringValue name, int code) {
        if (name.value().indexOf(0) >= 0) {
            throw error(code, "A name must not contain a NUL character", name);
        }
        return name.value();
    }

    private static SmilodonException error(int code, String text, Value actual) {
        return ArrayErrors.wrongType(code, text, NAME, actual);
    }
}
