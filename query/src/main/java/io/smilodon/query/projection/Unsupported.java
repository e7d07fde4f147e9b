package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import java.util.Map;
import java.util.Optional;

/** What MongoDB's projections have and these refuse, saying so. */
final class Unsupported {

    private Unsupported() {}

    static Optional<Action> meta(Value operand, ExpressionScope scope) {
        throw scope.error(
                ErrorCode.COMMAND_NOT_SUPPORTED,
                "$meta is not supported in projections",
                Map.of("argument", operand));
    }
}
