package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.UnaryExpression;

/** A function of one number; of null and missing it is null, other values are refused (28765). */
interface NumericFunction extends UnaryExpression {

    String name();

    NumberValue of(NumberValue number);

    @Override
    default Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (value instanceof NumberValue number) {
            return of(number);
        }
        throw NumericErrors.notNumeric(ErrorCode.location(28765), name(), value);
    }
}
