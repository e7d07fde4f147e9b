package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;

/** A function of two numbers; null if one of them is null or missing. */
interface NumericPair extends BinaryExpression {

    NumberValue of(NumberValue left, NumberValue right);

    /** The error about operands of which at least one is no number. */
    SmilodonException notNumeric(Value left, Value right);

    @Override
    default Value apply(Value left, Value right) {
        if (left instanceof NumberValue one && right instanceof NumberValue other) {
            return of(one, other);
        }
        if (left.isNullish() || right.isNullish()) {
            return NullValue.INSTANCE;
        }
        throw notNumeric(left, right);
    }
}
