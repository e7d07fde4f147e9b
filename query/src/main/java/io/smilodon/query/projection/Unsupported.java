package io.smilodon.query.projection;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import java.util.Map;
import java.util.Optional;

/** What MongoDB's projections have and these refuse, saying so. */
final class Unsupported {

    private static final String POSITION = ".$";

    private Unsupported() {}

    static Optional<Action> meta(Value operand, ExpressionScope scope) {
        throw scope.error(
                ErrorCode.COMMAND_NOT_SUPPORTED,
                "$meta is not supported in projections",
                Map.of("argument", operand));
    }

    /** Refuses {@code "list.$"}. */
    static void requireNoPosition(String name, ExpressionScope scope) {
        if (name.endsWith(POSITION)) {
            SmilodonException error =
                    scope.error(
                            ErrorCode.COMMAND_NOT_SUPPORTED,
                            "The positional projection is not supported",
                            Map.of("path", name));
            throw error.withHint("use $elemMatch: {list: {$elemMatch: <condition>}}");
        }
    }
}
