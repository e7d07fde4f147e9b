package io.smilodon.query.expression.logic;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Booleans and conditions. */
public final class LogicOperators {

    public static final OperatorFamily FAMILY =
            new OperatorFamily(
                    "Booleans and conditions",
                    OperatorTable.<ExpressionOperator>builder()
                            .add("$and", of("Whether all are true.", Operands.any(AllOf::new)))
                            .add("$cond", of("One of two values, by a condition.", Cond::parse))
                            .add(
                                    "$ifNull",
                                    of(
                                            "The first that is neither null nor missing.",
                                            IfNull::parse))
                            .add("$not", of("Whether it is false.", Operands.one(Not::new)))
                            .add("$or", of("Whether one is true.", Operands.any(AnyOf::new)))
                            .add(
                                    "$switch",
                                    of("The value of the first true branch.", Switch::parse))
                            .build());

    private LogicOperators() {}
}
