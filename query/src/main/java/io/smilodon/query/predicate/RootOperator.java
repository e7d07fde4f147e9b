package io.smilodon.query.predicate;

import io.smilodon.engine.value.Value;

/** Makes the predicate of an operator that stands where a field could: {@code $and}, and so on. */
interface RootOperator {

    Predicate parse(Value operand, FilterContext context);
}
