package io.smilodon.query.expression.statistic;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;

/** A function of many values, which one operand may hold as an array. */
interface Statistic extends VariadicExpression {

    Value over(List<Value> values);

    @Override
    default Value apply(List<Value> values) {
        boolean isList = values.size() == 1 && values.get(0) instanceof ArrayValue;
        List<Value> all = isList ? ((ArrayValue) values.get(0)).elements() : values;
        Steps.take(all.size());
        return over(all);
    }
}
