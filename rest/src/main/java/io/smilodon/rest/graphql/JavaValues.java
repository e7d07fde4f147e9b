package io.smilodon.rest.graphql;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as the library knows them: maps, lists, numbers, texts and null; what it has no type for
 * stays a value.
 */
final class JavaValues {

    private JavaValues() {}

    /** A value for the library; null for null, undefined and missing. */
    static Object of(Value value) {
        return switch (value) {
            case Document document -> map(document);
            case ArrayValue array -> array.elements().stream().map(JavaValues::of).toList();
            case StringValue text -> text.value();
            case Int32Value number -> number.value();
            case Int64Value number -> number.value();
            case DoubleValue number -> number.value();
            case BooleanValue flag -> flag.equals(BooleanValue.TRUE);
            default -> value.isNullish() ? null : value;
        };
    }

    private static Map<String, Object> map(Document document) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Field field : document) {
            map.put(field.name(), of(field.value()));
        }
        return map;
    }

    /** What the library hands out, as a value. */
    static Value toValue(Object object) {
        if (object == null) {
            return NullValue.INSTANCE;
        }
        return switch (object) {
            case Value value -> value;
            case Map<?, ?> map -> document(map);
            case List<?> list -> array(list);
            case String text -> Value.of(text);
            case Boolean flag -> Value.of(flag);
            case Number number -> number(number);
            default -> Value.of(object.toString());
        };
    }

    private static Document document(Map<?, ?> map) {
        DocumentBuilder builder = Document.builder();
        map.forEach((name, value) -> builder.put(name.toString(), toValue(value)));
        return builder.build();
    }

    private static ArrayValue array(List<?> list) {
        List<Value> elements = new ArrayList<>();
        list.forEach(element -> elements.add(toValue(element)));
        return ArrayValue.of(elements);
    }

    private static Value number(Number number) {
        return switch (number) {
            case Integer small -> Value.of(small);
            case Long large -> Value.of(large);
            case BigInteger integer -> integer(integer);
            case BigDecimal decimal -> Value.of(decimal.doubleValue());
            default -> Value.of(number.doubleValue());
        };
    }

    /** The smallest type that holds it, as in Extended JSON. */
    private static Value integer(BigInteger integer) {
        if (integer.bitLength() < Integer.SIZE) {
            return Value.of(integer.intValue());
        }
        return integer.bitLength() < Long.SIZE
                ? Value.of(integer.longValue())
                : Decimal128.of(new BigDecimal(integer));
    }
}
