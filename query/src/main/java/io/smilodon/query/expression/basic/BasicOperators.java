package io.smilodon.query.expression.basic;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;

/** Literals, variables and documents. */
public final class BasicOperators {

    public static final OperatorFamily FAMILY =
            new OperatorFamily(
                    "Literals, variables and documents",
                    OperatorTable.<ExpressionOperator>builder()
                            .add("$const", of("The same as $literal.", LiteralOperator::parse))
                            .add("$getField", of("A field by its exact name.", GetField::parse))
                            .add("$let", of("An expression with own variables.", Let::parse))
                            .add("$literal", of("The operand as it is.", LiteralOperator::parse))
                            .add(
                                    "$mergeObjects",
                                    of(
                                            "All fields of some documents; later ones win.",
                                            Operands.any(MergeObjects::new)))
                            .add(
                                    "$meta",
                                    of("What is known besides the fields.", MetaOperator::parse))
                            .add("$rand", of("A number from 0 to below 1.", RandomNumber::parse))
                            .add("$setField", of("A document with another field.", SetField::parse))
                            .add(
                                    "$unsetField",
                                    of("A document without a field.", SetField::parseUnset))
                            .build());

    private BasicOperators() {}
}
