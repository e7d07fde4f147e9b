package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.VariableReference;
import java.util.Map;

/** The name by which an expression knows the element of an array that it is at. */
final class ElementVariable {

    private static final String DEFAULT = "this";

    private ElementVariable() {}

    static String name(Value written, ExpressionScope scope) {
        if (written == Missing.INSTANCE) {
            return DEFAULT;
        }
        if (!(written instanceof StringValue name)) {
            throw scope.error(
                    ErrorCode.FAILED_TO_PARSE,
                    "the name of a variable must be a string",
                    Map.of("actual", written.type().alias()));
        }
        VariableReference.requireBindable(name.value(), scope);
        return name.value();
    }
}
