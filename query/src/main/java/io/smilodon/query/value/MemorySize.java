package io.smilodon.query.value;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/** About how many bytes a value takes in memory: an estimate, for budgets. */
public final class MemorySize {

    private static final long SCALAR_BYTES = 24;
    private static final long CONTAINER_BYTES = 48;

    private MemorySize() {}

    public static long of(Value value) {
        return switch (value) {
            case Document document ->
                    document.storedBytes() > 0 ? ofSelf(document) : ofDocument(document);
            case ArrayValue array -> array.storedBytes() > 0 ? ofSelf(array) : ofArray(array);
            default -> ofSelf(value);
        };
    }

    /** Without what is inside a document or an array, unless it is a view of stored bytes. */
    static long ofSelf(Value value) {
        return switch (value) {
            case Document document -> CONTAINER_BYTES + document.storedBytes();
            case ArrayValue array -> CONTAINER_BYTES + array.storedBytes();
            case StringValue string -> SCALAR_BYTES + 2L * string.value().length();
            case BinaryValue binary -> SCALAR_BYTES + binary.bytes().length;
            default -> SCALAR_BYTES;
        };
    }

    static long ofName(String name) {
        return SCALAR_BYTES + name.length();
    }

    private static long ofDocument(Document document) {
        long bytes = CONTAINER_BYTES;
        for (Field field : document) {
            bytes += ofName(field.name()) + of(field.value());
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
