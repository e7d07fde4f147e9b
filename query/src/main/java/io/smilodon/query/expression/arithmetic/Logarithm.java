package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.DecimalPowers;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Numbers;

/**
 * {@code {$log: [<positive number>, <base>]}}: the logarithm, a decimal if one of the two is, else
 * a double.
 */
record Logarithm(Expression left, Expression right) implements NumericPair {

    private static final DecimalExtension LN = new DecimalExtension(Math::log, DecimalPowers::ln);

    @Override
    public NumberValue of(NumberValue number, NumberValue base) {
        if (Numbers.isNegative(number) || Numbers.isZero(number)) {
            throw NumericErrors.outOfDomain(
                    28758, "$log's argument must be a positive number", number);
        }
        if (base.toDouble() <= 0 || base.toDouble() == 1) {
            throw NumericErrors.outOfDomain(
                    28759, "$log's base must be a positive number not equal to 1", base);
        }
        boolean isDecimal = number instanceof Decimal128 || base instanceof Decimal128;
        return isDecimal
                ? Decimals.divide(LN.of(Decimals.of(number)), LN.of(Decimals.of(base)))
                : new DoubleValue(Math.log(number.toDouble()) / Math.log(base.toDouble()));
    }

    @Override
    public SmilodonException notNumeric(Value number, Value base) {
        boolean isFirst = !(number instanceof NumberValue);
        return NumericErrors.notNumeric(
                ErrorCode.location(isFirst ? 28756 : 28757), "$log", isFirst ? number : base);
    }
}
