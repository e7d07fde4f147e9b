package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** The bit operators by big integers: those of a negative one have no end of ones. */
final class NaiveBits {

    private NaiveBits() {}

    static boolean test(String name, Value mask, Value value) {
        boolean hasBits =
                value instanceof BinaryValue
                        || value instanceof NumberValue number && number.isIntegral();
        if (!hasBits) {
            return false;
        }
        BigInteger bits = bits(value);
        List<Integer> positions = positions(mask);
        return switch (name) {
            case "$bitsAllSet" -> positions.stream().allMatch(bits::testBit);
            case "$bitsAnySet" -> positions.stream().anyMatch(bits::testBit);
            case "$bitsAllClear" -> positions.stream().noneMatch(bits::testBit);
            default -> !positions.stream().allMatch(bits::testBit);
        };
    }

    private static BigInteger bits(Value value) {
        if (value instanceof NumberValue number) {
            return BigInteger.valueOf(number.toLong());
        }
        byte[] lowestFirst = ((BinaryValue) value).bytes();
        BigInteger bits = BigInteger.ZERO;
        for (int i = lowestFirst.length - 1; i >= 0; i--) {
            bits = bits.shiftLeft(8).or(BigInteger.valueOf(lowestFirst[i] & 0xFF));
        }
        return bits;
    }

    private static List<Integer> positions(Value mask) {
        if (mask instanceof ArrayValue list) {
            return list.elements().stream()
                    .map(each -> (int) ((NumberValue) each).toLong())
                    .toList();
        }
        BigInteger bits = bits(mask);
        return IntStream.range(0, bits.bitLength()).filter(bits::testBit).boxed().toList();
    }
}
