package io.smilodon.query.expression;

import io.smilodon.query.OperatorTable;

/** Operators that belong together, and what they are about. */
public record OperatorFamily(String title, OperatorTable<ExpressionOperator> operators) {}
