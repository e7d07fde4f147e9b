package io.smilodon.query.expression.arithmetic;

/** The inverse hyperbolic functions in doubles, without loss near zero and for large numbers. */
final class Hyperbolas {

    /** From here on the square of a number says no more than the number itself. */
    private static final double LARGE = 1e9;

    private static final double LN_2 = Math.log(2);

    private Hyperbolas() {}

    static double asinh(double x) {
        double size = Math.abs(x);
        double area =
                size > LARGE
                        ? Math.log(size) + LN_2
                        : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
        return Math.copySign(area, x);
    }

    static double acosh(double x) {
        double above = x - 1;
        return x > LARGE ? Math.log(x) + LN_2 : Math.log1p(above + Math.sqrt(above * (above + 2)));
    }

    static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, x);
    }
}
