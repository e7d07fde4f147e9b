package io.smilodon.query.expression;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.arithmetic.ArithmeticOperators;
import io.smilodon.query.expression.arithmetic.BitwiseOperators;
import io.smilodon.query.expression.arithmetic.TrigonometryOperators;
import io.smilodon.query.expression.array.ArrayOperators;
import io.smilodon.query.expression.basic.BasicOperators;
import io.smilodon.query.expression.comparison.ComparisonOperators;
import io.smilodon.query.expression.date.DateOperators;
import io.smilodon.query.expression.logic.LogicOperators;
import io.smilodon.query.expression.place.PlaceOperators;
import io.smilodon.query.expression.set.SetOperators;
import io.smilodon.query.expression.statistic.StatisticOperators;
import io.smilodon.query.expression.string.StringOperators;
import io.smilodon.query.expression.type.TypeOperators;
import java.util.List;

/** Every expression operator of Smilodon, by family. */
public final class ExpressionOperators {

    /** The families in the order of the reference. */
    public static final List<OperatorFamily> FAMILIES =
            List.of(
                    ArithmeticOperators.FAMILY,
                    TrigonometryOperators.FAMILY,
                    BitwiseOperators.FAMILY,
                    ArrayOperators.FAMILY,
                    BasicOperators.FAMILY,
                    ComparisonOperators.FAMILY,
                    DateOperators.FAMILY,
                    LogicOperators.FAMILY,
                    PlaceOperators.FAMILY,
                    SetOperators.FAMILY,
                    StatisticOperators.FAMILY,
                    StringOperators.FAMILY,
                    TypeOperators.FAMILY);

    /** All families together: where the parser looks. */
    static final OperatorTable<ExpressionOperator> TABLE = merged();

    private ExpressionOperators() {}

    private static OperatorTable<ExpressionOperator> merged() {
        OperatorTable.Builder<ExpressionOperator> all = OperatorTable.builder();
        for (OperatorFamily family : FAMILIES) {
            OperatorTable<ExpressionOperator> rows = family.operators();
            rows.names().forEach(name -> all.add(name, rows.find(name).orElseThrow()));
        }
        return all.build();
    }
}
