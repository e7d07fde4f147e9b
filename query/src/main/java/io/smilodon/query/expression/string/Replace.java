package io.smilodon.query.expression.string;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;

/**
 * {@code {$replaceOne: {input: <string>, find: <string>, replacement: <string>}}} and {@code
 * $replaceAll}: the string with the first find, or every one, replaced. With null or missing it is
 * null.
 */
record Replace(List<Expression> operands, boolean isAll) implements VariadicExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(51751), ErrorCode.location(51750))
                    .required("input", ErrorCode.location(51749))
                    .required("find", ErrorCode.location(51748))
                    .required("replacement", ErrorCode.location(51747));

    Replace {
        operands = List.copyOf(operands);
    }

    static ExpressionFactory factory(boolean isAll) {
        return (operand, scope) -> {
            Document parts = PARTS.check(operand, scope);
            return new Replace(
                    List.of(
                            scope.parse("input", parts.get("input")),
                            scope.parse("find", parts.get("find")),
                            scope.parse("replacement", parts.get("replacement"))),
                    isAll);
        };
    }

    @Override
    public Value apply(List<Value> values) {
        String name = isAll ? "$replaceAll" : "$replaceOne";
        int[] codes = {51746, 51745, 51744};
        for (int part = 0; part < codes.length; part++) {
            if (!values.get(part).isNullish()) {
                Strings.require(values.get(part), codes[part], name);
            }
        }
        if (values.stream().anyMatch(Value::isNullish)) {
            return NullValue.INSTANCE;
        }
        return Value.of(
                replaced(
                        Strings.require(values.get(0), codes[0], name),
                        Strings.require(values.get(1), codes[1], name),
                        Strings.require(values.get(2), codes[2], name)));
    }

    /** An empty find stands before each character and at the end. */
    private String replaced(String text, String find, String replacement) {
        BoundedText result = new BoundedText();
        Needle needle = new Needle(find);
        int done = 0;
        int found = needle.indexIn(text, 0);
        while (found >= 0) {
            result.append(text.substring(done, found)).append(replacement);
            done = found + needle.length();
            boolean goesOn = isAll && found < text.length();
            int next = find.isEmpty() && goesOn ? text.offsetByCodePoints(found, 1) : done;
            found = goesOn ? needle.indexIn(text, next) : -1;
        }
        return result.append(text.substring(done)).toString();
    }
}
