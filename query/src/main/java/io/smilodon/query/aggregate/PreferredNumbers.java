package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A series of preferred numbers, repeated in every power of ten. Sources: ISO 3 (Renard's R
 * series), IEC 60063 (the E series).
 *
 * @param decade ascending, all with the same number of digits
 */
record PreferredNumbers(List<Integer> decade) implements Granularity {

    private static final int DIGITS_MAX = 34;

    private static final List<Integer> R80 =
            List.of(
                    100, 103, 106, 109, 112, 115, 118, 122, 125, 128, 132, 136, 140, 145, 150, 155,
                    160, 165, 170, 175, 180, 185, 190, 195, 200, 206, 212, 218, 224, 230, 236, 243,
                    250, 258, 265, 272, 280, 290, 300, 307, 315, 325, 335, 345, 355, 365, 375, 387,
                    400, 412, 425, 437, 450, 462, 475, 487, 500, 515, 530, 545, 560, 575, 600, 615,
                    630, 650, 670, 690, 710, 730, 750, 775, 800, 825, 850, 875, 900, 925, 950, 975);

    private static final List<Integer> E24 =
            List.of(
                    10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62,
                    68, 75, 82, 91);

    private static final List<Integer> E192 =
            IntStream.range(0, 192).mapToObj(PreferredNumbers::e192).toList();

    PreferredNumbers {
        decade = List.copyOf(decade);
    }

    static Optional<PreferredNumbers> find(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "R5" -> every(16, R80);
                    case "R10" -> every(8, R80);
                    case "R20" -> every(4, R80);
                    case "R40" -> every(2, R80);
                    case "R80" -> every(1, R80);
                    case "1-2-5" -> new PreferredNumbers(List.of(1, 2, 5));
                    case "E6" -> every(4, E24);
                    case "E12" -> every(2, E24);
                    case "E24" -> every(1, E24);
                    case "E48" -> every(4, E192);
                    case "E96" -> every(2, E192);
                    case "E192" -> every(1, E192);
                    default -> null;
                });
    }

    private static PreferredNumbers every(int step, List<Integer> series) {
        return new PreferredNumbers(
                Stream.iterate(0, i -> i < series.size(), i -> i + step).map(series::get).toList());
    }

    /** By its formula, which the standard leaves in one place: 920. */
    private static int e192(int index) {
        return index == 185 ? 920 : (int) Math.round(100 * Math.pow(10, index / 192.0));
    }

    @Override
    public NumberValue above(NumberValue number) {
        return isRound(number) ? number : like(number, above(exact(number)));
    }

    @Override
    public NumberValue below(NumberValue number) {
        return isRound(number) ? number : like(number, below(exact(number)));
    }

    private static boolean isRound(NumberValue number) {
        return Numbers.isZero(number) || !Numbers.isFinite(number);
    }

    private BigDecimal above(BigDecimal number) {
        int scale = scale(number);
        for (int member : decade) {
            BigDecimal candidate = BigDecimal.valueOf(member, scale);
            if (candidate.compareTo(number) > 0) {
                return candidate;
            }
        }
        return BigDecimal.valueOf(decade.getFirst(), scale - 1);
    }

    private BigDecimal below(BigDecimal number) {
        int scale = scale(number);
        for (int member : decade.reversed()) {
            BigDecimal candidate = BigDecimal.valueOf(member, scale);
            if (candidate.compareTo(number) < 0) {
                return candidate;
            }
        }
        return BigDecimal.valueOf(decade.getLast(), scale + 1);
    }

    /** The scale at which the members have as many digits before the point as the number. */
    private int scale(BigDecimal number) {
        int digits = Integer.toString(decade.getFirst()).length();
        return digits - (number.precision() - number.scale());
    }

    /** A double is the shortest decimal that stands for it: 0.1 is a round number. */
    private static BigDecimal exact(NumberValue number) {
        return number instanceof DoubleValue real
                ? BigDecimal.valueOf(real.value())
                : Decimals.of(number).toBigDecimal();
    }

    /** Without an exponent where the digits suffice. */
    private static BigDecimal plain(BigDecimal number) {
        boolean isLarge = number.precision() - number.scale() > DIGITS_MAX;
        return number.scale() < 0 && !isLarge ? number.setScale(0) : number;
    }

    private static NumberValue like(NumberValue number, BigDecimal rounded) {
        return number instanceof Decimal128
                ? Decimal128.of(plain(rounded))
                : new DoubleValue(rounded.doubleValue());
    }
}
