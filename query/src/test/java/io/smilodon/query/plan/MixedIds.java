package io.smilodon.query.plan;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;

/** Ids of many types, different for different numbers. */
final class MixedIds {

    private MixedIds() {}

    static Value of(int number) {
        return switch (number % 6) {
            case 0 -> Value.of(number / 6);
            case 1 -> Value.of(number / 6 + 0.5);
            case 2 -> Value.of("p".repeat(number / 6));
            case 3 -> Document.of("x", Value.of(number / 6));
            case 4 -> number == 4 ? NullValue.INSTANCE : Value.of(100L + number);
            default -> number < 12 ? Value.of(number == 5) : new DateValue(number);
        };
    }
}
