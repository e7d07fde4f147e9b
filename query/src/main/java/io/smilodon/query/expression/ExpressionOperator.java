package io.smilodon.query.expression;

/**
 * A row of a table of operators.
 *
 * @param summary what the operator yields, in one line, for the reference
 * @param factory makes its expressions
 */
public record ExpressionOperator(String summary, ExpressionFactory factory) {

    public static ExpressionOperator of(String summary, ExpressionFactory factory) {
        return new ExpressionOperator(summary, factory);
    }
}
