package io.smilodon.query.expression.string;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$regexFindAll: {input: <string>, regex: <pattern>, options: <string>}}}: every match as a
 * document, none overlapping another; an empty array with null or missing.
 */
record RegexAll(RegexOperand operand) implements CompoundExpression {

    private static final long BYTES_MAX = 64L << 20;

    static Expression parse(Value operand, ExpressionScope scope) {
        return new RegexAll(RegexOperand.parse(operand, scope));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Optional<RegexOperand.Search> search = operand.search(context);
        if (search.isEmpty()) {
            return ArrayValue.EMPTY;
        }
        RegexMatches matches = new RegexMatches(search.get());
        List<Value> found = new ArrayList<>();
        long bytes = 0;
        for (Optional<Value> next = matches.next(); next.isPresent(); next = matches.next()) {
            found.add(next.get());
            bytes += MemorySize.of(next.get());
            if (bytes > BYTES_MAX) {
                throw new SmilodonException(
                        ErrorCode.location(51151),
                        "$regexFindAll: the size of buffer to store output exceeded the limit",
                        Map.of("limitBytes", BYTES_MAX));
            }
        }
        return ArrayValue.of(found);
    }

    @Override
    public List<Expression> operands() {
        return operand.expressions();
    }
}
