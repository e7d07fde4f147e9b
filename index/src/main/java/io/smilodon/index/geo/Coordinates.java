package io.smilodon.index.geo;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Iterator;

/** The numbers that a point is written with: elements of an array, or fields of any names. */
final class Coordinates {

    private Coordinates() {}

    static Iterator<Value> of(Value value) {
        return switch (value) {
            case ArrayValue array -> array.iterator();
            case Document document -> values(document.iterator());
            default -> throw GeoJson.invalid("Point must be an array or object", value);
        };
    }

    private static Iterator<Value> values(Iterator<Field> fields) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return fields.hasNext();
            }

            @Override
            public Value next() {
                return fields.next().value();
            }
        };
    }

    static double next(Iterator<Value> numbers) {
        Value next = numbers.hasNext() ? numbers.next() : Missing.INSTANCE;
        if (next instanceof NumberValue number) {
            return number.toDouble();
        }
        throw GeoJson.invalid("Point must only contain numeric elements", next);
    }
}
