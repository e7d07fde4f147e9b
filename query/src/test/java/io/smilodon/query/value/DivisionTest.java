package io.smilodon.query.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DivisionTest {

    private static final NumberValue INT = new Int32Value(7);
    private static final NumberValue LONG = new Int64Value(2);
    private static final NumberValue DECIMAL = Decimal128.parse("1.50");

    @Test
    void division_makes_a_double_or_a_decimal() {
        assertEquals(new DoubleValue(3.5), Division.divide(INT, LONG));
        assertEquals(Decimal128.parse("0.75"), Division.divide(DECIMAL, LONG));
    }

    @Test
    void a_remainder_has_the_sign_of_the_dividend() {
        assertEquals(new Int64Value(1), Division.remainder(INT, LONG));
        assertEquals(new Int32Value(-1), Division.remainder(new Int32Value(-7), new Int32Value(3)));
        assertEquals(new DoubleValue(-1.5), Division.remainder(new DoubleValue(-5.5), LONG));
    }

    @Test
    void a_remainder_of_decimals_far_apart_is_exact_and_cheap() {
        assertEquals(
                Decimal128.parse("1"),
                Division.remainder(Decimal128.parse("1E6000"), Decimal128.parse("9")));
        assertEquals(DECIMAL, Division.remainder(DECIMAL, Decimal128.POSITIVE_INFINITY));
        assertEquals(Decimal128.NAN, Division.remainder(Decimal128.POSITIVE_INFINITY, DECIMAL));
    }

    @Test
    void rule_104_false_zero_null_undefined_and_missing_are_the_only_falsy_values() {
        List<Value> falsy =
                List.of(
                        Value.of(false),
                        Value.of(0),
                        Value.of(0L),
                        Value.of(-0.0),
                        Decimal128.parse("-0.00"),
                        NullValue.INSTANCE,
                        UndefinedValue.INSTANCE,
                        Missing.INSTANCE);
        falsy.forEach(value -> assertFalse(Truth.of(value), value::toString));
        List<Value> truthy =
                List.of(
                        Value.of(true),
                        Value.of(-1),
                        Value.of(0.1),
                        Value.of(Double.NaN),
                        Value.of(""),
                        ArrayValue.EMPTY,
                        Document.EMPTY);
        truthy.forEach(value -> assertTrue(Truth.of(value), value::toString));
    }
}
