package io.smilodon.database.action;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.function.Predicate;

/** Which values a field of an action's body may have. */
enum FieldKind {
    ANYTHING("any type", value -> true),
    ARRAY("array", value -> value instanceof ArrayValue),
    BOOLEAN("bool", value -> value instanceof BooleanValue),
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
    STRING_OR_OBJECT(
            "string, object", value -> value instanceof StringValue || value instanceof Document);

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
    String expected() {
        return expected;
    }
}
