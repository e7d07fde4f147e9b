package io.smilodon.query.expression.comparison;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Comparisons: over all types, in the order of values, missing below null. */
public final class ComparisonOperators {

    public static final OperatorFamily FAMILY =
            new OperatorFamily(
                    "Comparison",
                    OperatorTable.<ExpressionOperator>builder()
                            .add(
                                    "$cmp",
                                    of("-1, 0 or 1, by the order.", Operands.two(Compare::new)))
                            .add("$eq", of("Whether both are equal.", test(Relation.EQUAL)))
                            .add("$gt", of("Whether it is greater.", test(Relation.GREATER)))
                            .add("$gte", of("Whether it is not less.", test(Relation.NOT_LESS)))
                            .add("$lt", of("Whether it is less.", test(Relation.LESS)))
                            .add(
                                    "$lte",
                                    of("Whether it is not greater.", test(Relation.NOT_GREATER)))
                            .add("$ne", of("Whether both differ.", test(Relation.UNEQUAL)))
                            .build());

    private ComparisonOperators() {}

    private static ExpressionFactory test(Relation relation) {
        return Operands.two((left, right) -> new Comparison(relation, left, right));
    }
}
