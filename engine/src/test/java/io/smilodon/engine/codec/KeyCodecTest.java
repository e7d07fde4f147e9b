package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyCodecTest {

    private static final int CASES = 200;

    /** The law that lets an index answer range predicates: byte order is value order. */
    @RepeatedTest(200)
    void encoded_keys_sort_like_values() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            Value left = values.next();
            Value right = values.near(left);
            int order = Integer.signum(ValueOrder.ASCENDING.compare(left, right));
            for (Direction direction : Direction.values()) {
                byte[] first = KeyCodec.encode(left, direction);
                byte[] second = KeyCodec.encode(right, direction);
                assertEquals(
                        direction == Direction.FORWARD ? order : -order,
                        Integer.signum(Arrays.compareUnsigned(first, second)),
                        () -> "seed " + seed + ": " + left + " against " + right);
            }
        }
    }

    @RepeatedTest(200)
    void numbers_sort_exactly_across_their_types() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            Value left = values.nextNumber();
            Value right = values.near(left);
            assertEquals(
                    Integer.signum(ValueOrder.ASCENDING.compare(left, right)),
                    Integer.signum(
                            Arrays.compareUnsigned(KeyCodec.encode(left), KeyCodec.encode(right))),
                    () -> "seed " + seed + ": " + left + " against " + right);
        }
    }

    @RepeatedTest(100)
    void with_its_type_bits_a_key_yields_the_very_value() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            Value value = values.next();
            KeyWriter writer = new KeyWriter().append(value);
            assertEquals(
                    value,
                    KeyCodec.decode(writer.toKey(), writer.typeBits()),
                    () -> "seed " + seed + ": " + value);
            assertEquals(
                    0,
                    ValueOrder.ASCENDING.compare(value, KeyCodec.decode(writer.toKey())),
                    () -> "seed " + seed + ": " + value);
        }
    }

    @RepeatedTest(100)
    void tuples_sort_part_by_part_and_read_back() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        int parts = 1 + values.nextInt(4);
        List<Direction> directions = new ArrayList<>();
        List<Value> left = new ArrayList<>();
        List<Value> right = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            directions.add(Direction.values()[values.nextInt(2)]);
            left.add(values.next());
            right.add(values.near(left.get(i)));
        }
        KeyWriter first = written(left, directions);
        KeyWriter second = written(right, directions);

        assertEquals(
                Integer.signum(order(left, right, directions)),
                Integer.signum(Arrays.compareUnsigned(first.toKey(), second.toKey())),
                () -> "seed " + seed + ": " + left + " against " + right);
        KeyReader reader = new KeyReader(first.toKey(), 0, first.typeBits());
        assertEquals(7, reader.nextInt());
        for (int i = 0; i < parts; i++) {
            assertEquals(left.get(i), reader.next(directions.get(i)), () -> "seed " + seed);
        }
        assertFalse(reader.hasNext());
        assertEquals(first.length(), reader.position());
    }

    @RepeatedTest(100)
    void parts_that_are_skipped_do_not_change_how_the_others_read() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        List<Direction> directions = new ArrayList<>();
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            directions.add(Direction.values()[values.nextInt(2)]);
            parts.add(values.next());
        }
        KeyWriter written = written(parts, directions);
        KeyReader reader = new KeyReader(written.toKey(), Integer.BYTES, written.typeBits());
        for (int i = 0; i < parts.size(); i++) {
            if (values.nextInt(2) == 0) {
                reader.skip(directions.get(i));
            } else {
                assertEquals(parts.get(i), reader.next(directions.get(i)), () -> "seed " + seed);
            }
        }
        assertEquals(written.length(), reader.position(), () -> "seed " + seed);
    }

    private static KeyWriter written(List<Value> values, List<Direction> directions) {
        KeyWriter writer = new KeyWriter().appendInt(7);
        for (int i = 0; i < values.size(); i++) {
            writer.append(values.get(i), directions.get(i));
        }
        return writer;
    }

    private static int order(List<Value> left, List<Value> right, List<Direction> directions) {
        for (int i = 0; i < left.size(); i++) {
            int order = ValueOrder.ASCENDING.compare(left.get(i), right.get(i));
            if (order != 0) {
                return directions.get(i) == Direction.FORWARD ? order : -order;
            }
        }
        return 0;
    }

    @Test
    void equal_values_share_their_bytes() {
        byte[] one = KeyCodec.encode(Value.of(1));
        assertArrayEquals(one, KeyCodec.encode(Value.of(1L)));
        assertArrayEquals(one, KeyCodec.encode(Value.of(1.0)));
        assertArrayEquals(one, KeyCodec.encode(Decimal128.parse("1.00")));
        assertArrayEquals(KeyCodec.encode(Value.of(0)), KeyCodec.encode(Value.of(-0.0)));
        assertArrayEquals(KeyCodec.encode(Value.of("s")), KeyCodec.encode(new SymbolValue("s")));
    }

    @Test
    void the_common_types_need_no_type_bits() {
        KeyWriter writer = new KeyWriter();
        for (Value value :
                List.of(
                        Value.of(0),
                        Value.of(-5),
                        Value.of(5_000_000_000L),
                        Value.of((1L << 53) + 1),
                        Value.of(1.5),
                        Decimal128.parse("19.99"),
                        Value.of("text"),
                        Document.of("a", ArrayValue.of(Value.of(1))))) {
            writer.append(value);
        }
        assertEquals(0, writer.typeBits().length);
        assertEquals(1, writer.append(Value.of(1L)).typeBits().length);
        assertEquals(0, writer.clear().length());
        assertEquals(0, writer.typeBits().length);
    }

    @Test
    void type_bits_reach_over_many_plain_values() {
        List<Value> numbers = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            numbers.add(i % 777 == 0 ? Value.of((double) i) : Value.of(i));
        }
        ArrayValue array = ArrayValue.of(numbers);
        KeyWriter writer = new KeyWriter().append(array);
        assertEquals(array, KeyCodec.decode(writer.toKey(), writer.typeBits()));
    }

    /** If this fails, the change is a new format. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "null | 14",
                "1 | 1b3ff000000000000000",
                "-1 | 19c00fffffffffffffff",
                "0 | 1a",
                "{\"$numberDouble\":\"NaN\"} | 18",
                "9007199254740993 | 1b43400000000000000180105b08145d374b0a5e00",
                "{\"$numberDecimal\":\"19.99\"} | 1b4033fd70a3d70a3d01800214 6400",
                "\"a\\u0000b\" | 1c61010162 00",
                "{\"a\":1,\"b\":\"x\"} | 20 186100 1b3ff000000000000000 1c6200 1c7800 00",
                "[true,false] | 24313000",
                "{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"04\"}} | 2800000002040102",
                "{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"} | 2c65f0c0ffee65f0c0ffee0001",
                "{\"$date\":\"1970-01-01T00:00:00.001Z\"} | 348000000000000001",
                "{\"$timestamp\":{\"t\":1,\"i\":2}} | 380000000100000002",
                "{\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"i\"}} | 3c61006900",
                "{\"$dbPointer\":{\"$ref\":\"c\",\"$id\":{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"}}} | 40630065f0c0ffee65f0c0ffee0001",
                "{\"$code\":\"f\"} | 446600",
                "{\"$code\":\"f\",\"$scope\":{\"a\":null}} | 48660014610014 00",
                "{\"$undefined\":true} | 10",
                "{\"$minKey\":1} | 08",
                "{\"$maxKey\":1} | f0",
            })
    void the_bytes_of_the_format_do_not_change(String json, String hex) {
        Value value = ExtendedJson.readValue(json);
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(KeyCodec.encode(value)));
    }

    @Test
    void an_absent_value_has_a_key_below_null() {
        assertArrayEquals(new byte[] {0x0C}, KeyCodec.encode(Missing.INSTANCE));
    }

    @Test
    void nesting_is_limited() {
        Value nested = Value.of(1);
        for (int i = 0; i < Limits.NESTING_MAX; i++) {
            nested = ArrayValue.of(nested);
        }
        assertEquals(nested, KeyCodec.decode(KeyCodec.encode(nested)));
        Value deeper = ArrayValue.of(nested);
        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> KeyCodec.encode(deeper));
        assertEquals(ErrorCode.OVERFLOW, refusal.code());
    }

    @Test
    void half_a_surrogate_pair_is_refused() {
        for (String text : List.of("\ud800", "a\udc00", "\ud800x")) {
            SmilodonException refusal =
                    assertThrows(SmilodonException.class, () -> KeyCodec.encode(Value.of(text)));
            assertEquals(ErrorCode.BAD_VALUE, refusal.code());
        }
    }

    @RepeatedTest(50)
    void damaged_keys_are_refused_or_read_as_other_values() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            KeyWriter writer = new KeyWriter().append(values.next());
            byte[] key = damaged(writer.toKey(), random);
            byte[] typeBits = damaged(writer.typeBits(), random);
            try {
                new KeyReader(key, 0, typeBits).skip(Direction.FORWARD);
                KeyCodec.decode(key, typeBits);
            } catch (SmilodonException e) {
                assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, e.code(), () -> "seed " + seed);
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] copy = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }
}
