package io.smilodon.query.expression.arithmetic;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Arithmetic. */
public final class ArithmeticOperators {

    public static final OperatorFamily FAMILY = new OperatorFamily("Arithmetic", table());

    private ArithmeticOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        return OperatorTable.<ExpressionOperator>builder()
                .add("$abs", of("The magnitude of a number.", Operands.one(Absolute::new)))
                .add("$add", of("A sum, or a date moved on.", Operands.any(Add::new)))
                .add("$ceil", of("The next integer from here up.", Operands.one(Ceiling::new)))
                .add("$divide", of("A quotient.", Operands.two(Divide::new)))
                .add("$exp", of("The power of e.", Operands.one(Exponential::new)))
                .add("$floor", of("The next integer from here down.", Operands.one(Floor::new)))
                .add("$ln", of("The natural logarithm.", Operands.one(NaturalLogarithm::new)))
                .add("$log", of("The logarithm to a base.", Operands.two(Logarithm::new)))
                .add("$log10", of("The logarithm to base 10.", Operands.one(Logarithm10::new)))
                .add("$mod", of("The remainder of a division.", Operands.two(Modulo::new)))
                .add("$multiply", of("A product.", Operands.any(Multiply::new)))
                .add("$pow", of("A power.", Operands.two(Power::new)))
                .add("$round", of("Rounded to a place, ties to even.", Rounding.round()))
                .add("$sigmoid", of("1 / (1 + e to the minus x).", Sigmoid::parse))
                .add("$sqrt", of("The square root.", Operands.one(SquareRoot::new)))
                .add(
                        "$subtract",
                        of("A difference, of dates in milliseconds.", Operands.two(Subtract::new)))
                .add("$trunc", of("Cut off after a place.", Rounding.trunc()))
                .build();
    }
}
