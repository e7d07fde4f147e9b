package io.smilodon.rest.restheart;

import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** How values are written that JSON has no form for. */
public enum JsonForm {
    /** As relaxed Extended JSON, but with dates as milliseconds: {@code {"$date": 1}}. */
    STANDARD(JsonMode.RELAXED, "standard"),
    /** The same, and 64-bit integers with their type: {@code {"$numberLong": "1"}}. */
    STRICT(JsonMode.RELAXED, "strict"),
    /** Extended JSON that keeps every type. */
    EXTENDED(JsonMode.CANONICAL, "extended"),
    /** Extended JSON, readable. */
    RELAXED(JsonMode.RELAXED, "relaxed");

    private final JsonMode mode;
    private final String name;

    JsonForm(JsonMode mode, String name) {
        this.mode = mode;
        this.name = name;
    }

    List<String> names() {
        return List.of(name);
    }

    JsonMode mode() {
        return mode;
    }

    /** The value with its dates and integers in this form. */
    Value shaped(Value value) {
        if (this == EXTENDED || this == RELAXED) {
            return value;
        }
        return switch (value) {
            case Document document -> shaped(document);
            case ArrayValue array -> shaped(array);
            case DateValue date -> Document.of("$date", Value.of(date.epochMillis()));
            case Int64Value number -> number(number);
            default -> value;
        };
    }

    private Document shaped(Document document) {
        DocumentBuilder shaped = Document.builder();
        for (Field field : document) {
            shaped.put(field.name(), shaped(field.value()));
        }
        return shaped.build();
    }

    private ArrayValue shaped(ArrayValue array) {
        List<Value> shaped = new ArrayList<>();
        array.forEach(element -> shaped.add(shaped(element)));
        return ArrayValue.of(shaped);
    }

    private Value number(Int64Value number) {
        return this == STRICT
                ? Document.of("$numberLong", Value.of(Long.toString(number.value())))
                : number;
    }
}
