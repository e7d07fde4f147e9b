package io.smilodon.query.expression;

import java.util.List;

/** An expression made of others, through which alone it sees the document. */
public interface CompoundExpression extends Expression {

    /** Every expression that this one may evaluate. */
    List<Expression> operands();

    @Override
    default void collectPaths(PathCollector collector) {
        collector.addAll(operands());
    }
}
