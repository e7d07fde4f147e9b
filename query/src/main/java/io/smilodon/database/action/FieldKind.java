package io.smilodon.database.action;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.function.Predicate;

/** Which values a field of a request may have. */
public enum FieldKind {
    ANYTHING("any type", value -> true),
    ARRAY("array", value -> value instanceof ArrayValue),
    ARRAY_OR_STRING(
            "array, string", value -> value instanceof ArrayValue || value instanceof StringValue),
    BOOLEAN("bool", value -> value instanceof BooleanValue),
    BOOLEAN_OR_NUMBER(
            "bool, long, int, decimal, double",
            value -> value instanceof BooleanValue || value instanceof NumberValue),
    INT64("long", value -> value instanceof Int64Value || value instanceof Int32Value),
    NUMBER("long, int, decimal, double", value -> value instanceof NumberValue),
    NUMBER_DATE_OR_STRING(
            "long, int, date, string",
            value ->
                    value instanceof NumberValue
                            || value instanceof DateValue
                            || value instanceof StringValue),
    OBJECT("object", value -> value instanceof Document),
    OBJECT_OR_ARRAY(
            "object, array", value -> value instanceof Document || value instanceof ArrayValue),
    STRING("string", value -> value instanceof StringValue),
    STRING_ARRAY_OR_OBJECT(
            "string, array, object",
            value ->
                    value instanceof StringValue
                            || value instanceof ArrayValue
                            || value instanceof Document),
    STRING_OR_NUMBER(
            "string, number",
            value -> value instanceof StringValue || value instanceof NumberValue),
    STRING_OR_OBJECT(
            "string, object", value -> value instanceof StringValue || value instanceof Document),
    TIMESTAMP("timestamp", value -> value instanceof TimestampValue);

    private final String expected;
    private final Predicate<Value> test;

    FieldKind(String expected, Predicate<Value> test) {
        this.expected = expected;
        this.test = test;
    }

    boolean admits(Value value) {
        return test.test(value);
    }

    /** The types, as an error names them. */
    public String expected() {
        return expected;
    }
}
