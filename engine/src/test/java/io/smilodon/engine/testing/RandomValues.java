package io.smilodon.engine.testing;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.CodeWithScopeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DbPointerValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random values of every type that can be stored, from a seed. They collide often and favour the
 * edges: numbers that differ only in type or in the last bit, empty and nested containers, text
 * where UTF-8 and UTF-16 order differ.
 */
public final class RandomValues {

    private static final int DEPTH_MAX = 4;

    private static final long[] EDGES = {
        0,
        1,
        2,
        10,
        100,
        15,
        16,
        31,
        32,
        63,
        64,
        127,
        128,
        255,
        256,
        65535,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        1L << 53,
        (1L << 53) + 1,
        (1L << 53) - 1,
        (1L << 62) + 1,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };

    private static final double[] DOUBLE_EDGES = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Math.nextDown(Double.MIN_NORMAL),
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        0x1p63,
        -0x1p63,
        Math.nextDown(0x1p63),
        0x1p53,
        0x1p53 + 2,
        0.1,
        0.5,
        1.5,
        -1.5,
        Math.nextUp(1.0),
        Math.nextDown(1.0),
        1e300
    };

    private static final String[] DECIMAL_EDGES = {
        "0",
        "-0",
        "0.00",
        "-0E+3",
        "1.0",
        "1.00",
        "1",
        "10E-1",
        "0.1",
        "-0.1",
        "0.5",
        "1.5",
        "9007199254740993",
        "9007199254740992.5",
        "9223372036854775807",
        "9223372036854775808",
        "1E+6111",
        "9.999999999999999999999999999999999E+6144",
        "1E-6176",
        "-1E-6176",
        "1E-330",
        "5E-324",
        "4.9E-324",
        "1.7976931348623157E+308",
        "1.7976931348623158E+308",
        "1E+309",
        "-1E+309",
        "NaN",
        "Infinity",
        "-Infinity",
        "19.99",
        "100",
        "1E+2"
    };

    private static final String[] PIECES = {
        "",
        "a",
        "b",
        "ab",
        "z",
        "\0",
        "\1",
        "\2",
        "\u007f",
        "\u0080",
        "é",
        "\u07ff",
        "\u0800",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "\ud800\udc00",
        "\udbff\udfff",
        "😀",
        "$",
        ".",
        "0",
        "12"
    };

    private static final String[] NAMES = {"a", "b", "c", "_id", "", "é", "😀", "\ue000", "a.b"};

    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    /** A value of any type; containers nest a few levels. */
    public Value next() {
        return next(DEPTH_MAX);
    }

    public Document nextDocument() {
        return document(DEPTH_MAX);
    }

    /** Either a fresh value or one near the other: equal in order, or just beside it. */
    public Value near(Value other) {
        return switch (other) {
            case NumberValue number -> random.nextBoolean() ? retyped(number) : nextNumber();
            case StringValue string ->
                    random.nextBoolean() ? new SymbolValue(string.value()) : nextString();
            case Document document ->
                    random.nextInt(3) == 0
                            ? document.with(name(), next(1))
                            : nearDocument(document);
            default -> random.nextInt(3) == 0 ? other : next();
        };
    }

    public NumberValue nextNumber() {
        return switch (random.nextInt(4)) {
            case 0 -> new Int32Value((int) integer());
            case 1 -> new Int64Value(integer());
            case 2 -> new DoubleValue(fraction());
            default -> decimal();
        };
    }

    public StringValue nextString() {
        return new StringValue(text());
    }

    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    private Value next(int depth) {
        return switch (random.nextInt(depth > 0 ? 24 : 20)) {
            case 0, 1, 2, 3, 4 -> nextNumber();
            case 5, 6, 7 -> nextString();
            case 8 -> Value.of(random.nextBoolean());
            case 9 -> NullValue.INSTANCE;
            case 10 -> new DateValue(integer());
            case 11 -> objectId();
            case 12 -> new BinaryValue((byte) random.nextInt(256), bytes());
            case 13 -> timestamp();
            case 14 -> new RegexValue(text(), random.nextBoolean() ? "" : "i");
            case 15 -> new SymbolValue(text());
            case 16 -> random.nextBoolean() ? MinKey.INSTANCE : MaxKey.INSTANCE;
            case 17 -> UndefinedValue.INSTANCE;
            case 18 -> new CodeValue(text());
            case 19 -> new DbPointerValue(text(), objectId());
            case 20 -> new CodeWithScopeValue(text(), document(depth - 1));
            case 21 -> array(depth - 1);
            default -> document(depth - 1);
        };
    }

    private Document document(int depth) {
        DocumentBuilder builder = Document.builder();
        int fields = random.nextInt(random.nextInt(20) == 0 ? 40 : 5);
        for (int i = 0; i < fields; i++) {
            builder.put(name(), next(depth));
        }
        return builder.build();
    }

    private Document nearDocument(Document document) {
        DocumentBuilder builder = Document.builder();
        document.forEach(field -> builder.put(field.name(), near(field.value())));
        return builder.build();
    }

    private ArrayValue array(int depth) {
        List<Value> elements = new ArrayList<>();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            elements.add(next(depth));
        }
        return ArrayValue.of(elements);
    }

    private String name() {
        return random.nextInt(4) == 0
                ? text().replace("\0", "n")
                : NAMES[random.nextInt(NAMES.length)];
    }

    private String text() {
        int pieces = random.nextInt(4);
        int scale = random.nextInt(30) == 0 ? 60 : 1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces * scale; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** Never the empty one: a server fills that in. */
    private TimestampValue timestamp() {
        int seconds = (int) integer();
        int increment = (int) integer();
        return new TimestampValue(seconds, seconds == 0 && increment == 0 ? 1 : increment);
    }

    private long integer() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(20) - 10;
            case 1 -> random.nextLong();
            default -> {
                long edge = EDGES[random.nextInt(EDGES.length)];
                yield random.nextBoolean() ? edge : -edge;
            }
        };
    }

    private double fraction() {
        return switch (random.nextInt(5)) {
            case 0 -> integer();
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt(40) / 4.0 - 5;
            default -> DOUBLE_EDGES[random.nextInt(DOUBLE_EDGES.length)];
        };
    }

    private Decimal128 decimal() {
        return switch (random.nextInt(5)) {
            case 0 -> Decimal128.of(BigDecimal.valueOf(integer()));
            case 1 -> decimalOf(fraction());
            case 2 ->
                    Decimal128.of(
                            new BigDecimal(
                                    new BigInteger(110, random), random.nextInt(12_000) - 6_000));
            default -> Decimal128.parse(DECIMAL_EDGES[random.nextInt(DECIMAL_EDGES.length)]);
        };
    }

    private static Decimal128 decimalOf(double value) {
        return Double.isFinite(value)
                ? Decimal128.of(new BigDecimal(value))
                : Decimal128.parse(Double.toString(value));
    }

    private NumberValue retyped(NumberValue number) {
        return switch (random.nextInt(4)) {
            case 0 -> new Int32Value((int) number.toLong());
            case 1 -> new Int64Value(number.toLong());
            case 2 -> new DoubleValue(number.toDouble());
            default ->
                    number instanceof Int64Value large
                            ? Decimal128.of(BigDecimal.valueOf(large.value()))
                            : decimalOf(number.toDouble());
        };
    }

    private ObjectId objectId() {
        return new ObjectId((int) integer(), (int) integer(), (int) integer());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 300 : 4)];
        random.nextBytes(bytes);
        return bytes;
    }
}
