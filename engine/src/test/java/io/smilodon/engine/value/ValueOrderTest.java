package io.smilodon.engine.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValueOrderTest {

    private static final ObjectId ID = new ObjectId(0, 0, 0);

    /** One value of each rank and within it, strictly ascending. */
    private static final List<Value> ASCENDING =
            List.of(
                    MinKey.INSTANCE,
                    Missing.INSTANCE,
                    UndefinedValue.INSTANCE,
                    NullValue.INSTANCE,
                    Value.of(Double.NaN),
                    Value.of(Double.NEGATIVE_INFINITY),
                    Decimal128.parse("-1E+309"),
                    Value.of(-Double.MAX_VALUE),
                    Value.of(Long.MIN_VALUE),
                    Value.of(-1),
                    Decimal128.parse("-1E-6176"),
                    Value.of(0),
                    Decimal128.parse("1E-6176"),
                    Value.of(Double.MIN_VALUE),
                    Decimal128.parse("0.1"),
                    Value.of(0.1),
                    Value.of(1),
                    Value.of(Math.nextUp(1.0)),
                    Value.of(0x1p53),
                    Decimal128.parse("9007199254740992.5"),
                    Value.of((1L << 53) + 1),
                    Value.of(Long.MAX_VALUE),
                    Value.of(0x1p63),
                    Value.of(Double.MAX_VALUE),
                    Decimal128.parse("1E+309"),
                    Decimal128.POSITIVE_INFINITY,
                    Value.of(""),
                    Value.of("a"),
                    Value.of("a\0"),
                    Value.of("\ud7ff"),
                    Value.of("\ue000"),
                    Value.of("\uffff"),
                    Value.of("\ud800\udc00"),
                    Document.EMPTY,
                    Document.of("c", Value.of(2)),
                    Document.of("b", Value.of("x")),
                    ArrayValue.EMPTY,
                    ArrayValue.of(Value.of(1)),
                    ArrayValue.of(Value.of(1), Value.of(0)),
                    ArrayValue.of(Value.of(2)),
                    new BinaryValue((byte) 0x80, new byte[0]),
                    new BinaryValue((byte) 0, new byte[] {1}),
                    new BinaryValue((byte) 0, new byte[] {-1}),
                    new BinaryValue((byte) 0x80, new byte[] {0}),
                    ID,
                    new ObjectId(-1, 0, 0),
                    Value.of(false),
                    Value.of(true),
                    new DateValue(-1),
                    new DateValue(1),
                    new TimestampValue(1, 0),
                    new TimestampValue(1, -1),
                    new TimestampValue(-1, 0),
                    new RegexValue("a", ""),
                    new RegexValue("a", "i"),
                    new RegexValue("b", ""),
                    new DbPointerValue("a", ID),
                    new CodeValue("a"),
                    new CodeWithScopeValue("a", Document.EMPTY),
                    new CodeWithScopeValue("a", Document.of("a", Value.of(1))),
                    MaxKey.INSTANCE);

    @Test
    void values_of_all_types_have_one_order() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                Value left = ASCENDING.get(i);
                Value right = ASCENDING.get(j);
                assertEquals(
                        Integer.compare(i, j), sign(left, right), () -> left + " against " + right);
            }
        }
    }

    @Test
    void equal_numbers_of_different_types_are_equal() {
        List<Value> ones =
                List.of(
                        Value.of(1),
                        Value.of(1L),
                        Value.of(1.0),
                        Decimal128.parse("1.00"),
                        Decimal128.parse("10E-1"));
        List<Value> zeros =
                List.of(Value.of(0), Value.of(-0.0), Value.of(0.0), Decimal128.parse("-0E+3"));
        List<Value> nans = List.of(Value.of(Double.NaN), Decimal128.NAN);
        for (List<Value> same : List.of(ones, zeros, nans)) {
            for (Value left : same) {
                same.forEach(right -> assertTrue(ValueOrder.equal(left, right)));
                assertEquals(ValueOrder.hash(same.get(0)), ValueOrder.hash(left));
            }
        }
        assertTrue(ValueOrder.equal(Value.of("s"), new SymbolValue("s")));
    }

    @Test
    void field_order_counts_and_number_types_do_not() {
        Document first = Document.builder().put("b", 1).put("c", 0).build();
        Document second = Document.builder().put("c", 0).put("b", 1).build();
        assertTrue(ValueOrder.ASCENDING.compare(first, second) < 0);
        assertTrue(ValueOrder.equal(first, Document.builder().put("b", 1L).put("c", -0.0).build()));
    }

    @RepeatedTest(50)
    void the_order_is_total() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < 100; i++) {
            Value a = values.next();
            Value b = values.near(a);
            Value c = values.near(b);
            assertEquals(sign(a, b), -sign(b, a), () -> "seed " + seed + ": " + a + ", " + b);
            if (sign(a, b) <= 0 && sign(b, c) <= 0) {
                assertTrue(sign(a, c) <= 0, () -> "seed " + seed + ": " + a + b + c);
            }
            if (sign(a, b) == 0) {
                assertEquals(ValueOrder.hash(a), ValueOrder.hash(b), () -> "seed " + seed);
                assertEquals(sign(a, c), sign(b, c), () -> "seed " + seed + ": " + a + b + c);
            }
        }
    }

    @RepeatedTest(20)
    void text_sorts_like_its_utf8_bytes() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < 100; i++) {
            String left = values.nextString().value();
            String right = values.nextString().value();
            int byBytes =
                    Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8),
                            right.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    Integer.signum(byBytes),
                    Integer.signum(ValueOrder.compareText(left, right)),
                    () -> "seed " + seed + ": " + left + " against " + right);
        }
    }

    private static int sign(Value left, Value right) {
        return Integer.signum(ValueOrder.ASCENDING.compare(left, right));
    }
}
