package io.smilodon.query.expression.arithmetic;

import static io.smilodon.query.expression.ExpressionOperator.of;
import static io.smilodon.query.expression.arithmetic.RealFunction.factory;

import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;
import io.smilodon.query.value.DecimalAngles;
import io.smilodon.query.value.DecimalHyperbolas;

/** Trigonometry: angles are in radians. */
public final class TrigonometryOperators {

    private static final Domain UNIT = Domain.closed(-1, 1);
    private static final Domain FROM_ONE = Domain.closed(1, Double.POSITIVE_INFINITY);

    public static final OperatorFamily FAMILY = new OperatorFamily("Trigonometry", table());

    private TrigonometryOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        OperatorTable.Builder<ExpressionOperator> rows = OperatorTable.builder();
        addAngles(rows);
        addInverses(rows);
        addHyperbolas(rows);
        return rows.build();
    }

    private static void addAngles(OperatorTable.Builder<ExpressionOperator> rows) {
        rows.add(
                        "$cos",
                        of(
                                "The cosine of an angle.",
                                factory("$cos", Domain.FINITE, Math::cos, DecimalAngles::cos)))
                .add(
                        "$degreesToRadians",
                        of(
                                "An angle of degrees in radians.",
                                factory(
                                        "$degreesToRadians",
                                        Domain.ALL,
                                        degrees -> degrees * (Math.PI / 180),
                                        DecimalAngles::toRadians)))
                .add(
                        "$radiansToDegrees",
                        of(
                                "An angle of radians in degrees.",
                                factory(
                                        "$radiansToDegrees",
                                        Domain.ALL,
                                        radians -> radians * (180 / Math.PI),
                                        DecimalAngles::toDegrees)))
                .add(
                        "$sin",
                        of(
                                "The sine of an angle.",
                                factory("$sin", Domain.FINITE, Math::sin, DecimalAngles::sin)))
                .add(
                        "$tan",
                        of(
                                "The tangent of an angle.",
                                factory("$tan", Domain.FINITE, Math::tan, DecimalAngles::tan)));
    }

    private static void addInverses(OperatorTable.Builder<ExpressionOperator> rows) {
        rows.add(
                        "$acos",
                        of(
                                "The angle of a cosine.",
                                factory("$acos", UNIT, Math::acos, DecimalAngles::acos)))
                .add(
                        "$asin",
                        of(
                                "The angle of a sine.",
                                factory("$asin", UNIT, Math::asin, DecimalAngles::asin)))
                .add(
                        "$atan",
                        of(
                                "The angle of a tangent.",
                                factory("$atan", Domain.ALL, Math::atan, DecimalAngles::atan)))
                .add("$atan2", of("The angle of a point.", Operands.two(ArcTangent2::new)));
    }

    private static void addHyperbolas(OperatorTable.Builder<ExpressionOperator> rows) {
        rows.add(
                        "$acosh",
                        of(
                                "The inverse of the hyperbolic cosine.",
                                factory(
                                        "$acosh",
                                        FROM_ONE,
                                        Hyperbolas::acosh,
                                        DecimalHyperbolas::acosh)))
                .add(
                        "$asinh",
                        of(
                                "The inverse of the hyperbolic sine.",
                                factory(
                                        "$asinh",
                                        Domain.ALL,
                                        Hyperbolas::asinh,
                                        DecimalHyperbolas::asinh)))
                .add(
                        "$atanh",
                        of(
                                "The inverse of the hyperbolic tangent.",
                                factory(
                                        "$atanh",
                                        UNIT,
                                        Hyperbolas::atanh,
                                        DecimalHyperbolas::atanh)))
                .add(
                        "$cosh",
                        of(
                                "The hyperbolic cosine.",
                                factory("$cosh", Domain.ALL, Math::cosh, DecimalHyperbolas::cosh)))
                .add(
                        "$sinh",
                        of(
                                "The hyperbolic sine.",
                                factory("$sinh", Domain.ALL, Math::sinh, DecimalHyperbolas::sinh)))
                .add(
                        "$tanh",
                        of(
                                "The hyperbolic tangent.",
                                factory("$tanh", Domain.ALL, Math::tanh, DecimalHyperbolas::tanh)));
    }
}
