package io.smilodon.query.expression.set;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Sets: arrays without regard to order and repetition. */
public final class SetOperators {

    public static final OperatorFamily FAMILY =
            new OperatorFamily(
                    "Sets",
                    OperatorTable.<ExpressionOperator>builder()
                            .add(
                                    "$allElementsTrue",
                                    of("Whether all count as true.", Operands.one(AllTrue::new)))
                            .add(
                                    "$anyElementTrue",
                                    of("Whether one counts as true.", Operands.one(AnyTrue::new)))
                            .add(
                                    "$setDifference",
                                    of("What only the first has.", Operands.two(Difference::new)))
                            .add("$setEquals", of("Whether all are equal.", SetEquals::parse))
                            .add(
                                    "$setIntersection",
                                    of("What all have.", Operands.any(Intersection::new)))
                            .add(
                                    "$setIsSubset",
                                    of(
                                            "Whether the second has it all.",
                                            Operands.two(IsSubset::new)))
                            .add("$setUnion", of("What one has.", Operands.any(Union::new)))
                            .build());

    private SetOperators() {}
}
