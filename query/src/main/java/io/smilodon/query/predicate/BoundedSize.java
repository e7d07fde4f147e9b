package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/** Measures a value no further than to a limit. Not thread-safe. */
final class BoundedSize {

    private static final int SCALAR_BYTES = 8;

    private long left;

    private BoundedSize(long left) {
        this.left = left;
    }

    /** Whether the value takes about so many bytes at most; stops where it takes more. */
    static boolean isAtMost(long bytes, Value value) {
        BoundedSize size = new BoundedSize(bytes);
        size.take(value);
        return size.left >= 0;
    }

    private void take(Value value) {
        switch (value) {
            case Document document -> takeFields(document);
            case ArrayValue array -> takeElements(array);
            case StringValue string -> left -= SCALAR_BYTES + string.value().length();
            case BinaryValue binary -> left -= SCALAR_BYTES + binary.bytes().length;
            default -> left -= SCALAR_BYTES;
        }
    }

    private void takeFields(Document document) {
        left -= SCALAR_BYTES;
        for (Field field : document) {
            if (left < 0) {
                return;
            }
            left -= field.name().length();
            take(field.value());
        }
    }

    private void takeElements(ArrayValue array) {
        left -= SCALAR_BYTES;
        for (Value element : array) {
            if (left < 0) {
                return;
            }
            take(element);
        }
    }
}
