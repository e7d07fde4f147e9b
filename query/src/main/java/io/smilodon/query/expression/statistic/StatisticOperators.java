package io.smilodon.query.expression.statistic;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;
import io.smilodon.query.value.Deviation;

/** Accumulators over the operands, or over the elements of a single one that is an array. */
public final class StatisticOperators {

    public static final OperatorFamily FAMILY =
            new OperatorFamily(
                    "Accumulators over arrays",
                    OperatorTable.<ExpressionOperator>builder()
                            .add("$avg", of("The mean of the numbers.", Operands.any(Average::new)))
                            .add("$max", of("The greatest value.", Operands.any(Maximum::new)))
                            .add("$median", of("The number in the middle.", Median::parse))
                            .add("$min", of("The least value.", Operands.any(Minimum::new)))
                            .add(
                                    "$percentile",
                                    of("The numbers at some places.", PercentileList::parse))
                            .add(
                                    "$stdDevPop",
                                    of(
                                            "The deviation of a population.",
                                            StandardDeviation.factory(Deviation::ofPopulation)))
                            .add(
                                    "$stdDevSamp",
                                    of(
                                            "The deviation of a sample.",
                                            StandardDeviation.factory(Deviation::ofSample)))
                            .add("$sum", of("The sum of the numbers.", Operands.any(Sum::new)))
                            .build());

    private StatisticOperators() {}
}
