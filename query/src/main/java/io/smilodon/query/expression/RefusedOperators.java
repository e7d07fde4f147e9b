package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operators of MongoDB that are known, but refused, each with the reason. */
public final class RefusedOperators {

    private static final String NO_SCRIPTS = "server-side JavaScript is never evaluated";

    private static final Map<String, String> REASONS =
            Map.of(
                    "$accumulator", NO_SCRIPTS,
                    "$function", NO_SCRIPTS);

    private RefusedOperators() {}

    static Set<String> names() {
        return REASONS.keySet();
    }

    /** The error about an operator that is refused; none about others. */
    public static Optional<SmilodonException> error(String name, ExpressionScope scope) {
        return Optional.ofNullable(REASONS.get(name))
                .map(
                        reason ->
                                scope.error(
                                                ErrorCode.COMMAND_NOT_SUPPORTED,
                                                "The expression is not supported",
                                                Map.of("name", name))
                                        .withHint(reason));
    }
}
