package io.smilodon.query.exec;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/** About how many bytes a value takes in memory: an estimate, for budgets. */
final class MemorySize {

    private static final long SCALAR_BYTES = 24;
    private static final long CONTAINER_BYTES = 48;

    private MemorySize() {}

    static long of(Value value) {
        return switch (value) {
            case Document document -> ofDocument(document);
            case ArrayValue array -> ofArray(array);
            case StringValue string -> SCALAR_BYTES + 2L * string.value().length();
            case BinaryValue binary -> SCALAR_BYTES + binary.bytes().length;
            default -> SCALAR_BYTES;
        };
    }

    private static long ofDocument(Document document) {
        long bytes = CONTAINER_BYTES;
        for (Field field : document) {
            bytes += SCALAR_BYTES + field.name().length() + of(field.value());
        }
        return bytes;
    }

    private static long ofArray(ArrayValue array) {
        long bytes = CONTAINER_BYTES;
        for (Value element : array) {
            bytes += of(element);
        }
        return bytes;
    }
}
