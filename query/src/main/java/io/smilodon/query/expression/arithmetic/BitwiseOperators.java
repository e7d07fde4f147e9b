package io.smilodon.query.expression.arithmetic;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Integers bit by bit. */
public final class BitwiseOperators {

    public static final OperatorFamily FAMILY = new OperatorFamily("Bits", table());

    private BitwiseOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        return OperatorTable.<ExpressionOperator>builder()
                .add(
                        "$bitAnd",
                        of(
                                "The bits that all have.",
                                BitCombination.factory("$bitAnd", -1, (a, b) -> a & b)))
                .add("$bitNot", of("The bits it has not.", Operands.one(BitComplement::new)))
                .add(
                        "$bitOr",
                        of(
                                "The bits that one has.",
                                BitCombination.factory("$bitOr", 0, (a, b) -> a | b)))
                .add(
                        "$bitXor",
                        of(
                                "The bits that an odd number of them have.",
                                BitCombination.factory("$bitXor", 0, (a, b) -> a ^ b)))
                .build();
    }
}
