package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * {@code {$sin: <number>}} and its like: a function of one real number, a decimal for a decimal and
 * else a double. What is outside of its domain is refused (50989); of NaN it is NaN.
 */
record RealFunction(Expression operand, String name, Domain domain, DecimalExtension function)
        implements NumericFunction {

    static ExpressionFactory factory(
            String name,
            Domain domain,
            DoubleUnaryOperator inDoubles,
            UnaryOperator<BigDecimal> inDecimals) {
        DecimalExtension function = new DecimalExtension(inDoubles, inDecimals);
        return Operands.one(operand -> new RealFunction(operand, name, domain, function));
    }

    @Override
    public NumberValue of(NumberValue number) {
        domain.require(number, name);
        return number instanceof Decimal128 decimal
                ? function.of(decimal)
                : new DoubleValue(function.inDoubles().applyAsDouble(number.toDouble()));
    }
}
