package io.smilodon.query.expression.date;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.Literal;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operand {@code format}, read once where it is a constant.
 *
 * @param written the operand, if there is one
 * @param reader makes a format of a text, none of null and missing
 * @param constant the format, if it is always the same
 */
record FormatOperand<T>(
        Optional<Expression> written, Function<Value, Optional<T>> reader, Optional<T> constant) {

    static <T> FormatOperand<T> of(
            Optional<Expression> written, Function<Value, Optional<T>> reader) {
        return written.isPresent() && written.get() instanceof Literal literal
                ? new FormatOperand<>(written, reader, reader.apply(literal.value()))
                : new FormatOperand<>(written, reader, Optional.empty());
    }

    boolean isWritten() {
        return written.isPresent();
    }

    /** The format; none for null and missing, or if none is written. */
    Optional<T> find(EvaluationContext context) {
        return constant.isPresent()
                ? constant
                : written.flatMap(format -> reader.apply(format.evaluate(context)));
    }
}
