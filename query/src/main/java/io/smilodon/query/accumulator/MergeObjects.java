package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.MemorySize;
import java.util.Map;

/** {@code $mergeObjects}: one document with the fields of all; of equal names the last wins. */
final class MergeObjects implements Accumulator {

    private final DocumentBuilder merged = Document.builder();
    private long bytes = OBJECT_BYTES;

    @Override
    public void add(Value value) {
        if (value instanceof Document document) {
            merged.putAll(document);
            bytes += MemorySize.of(document);
        } else if (!value.isNullish() && !(value instanceof UndefinedValue)) {
            throw refused(value);
        }
    }

    static SmilodonException refused(Value value) {
        return new SmilodonException(
                ErrorCode.location(40400),
                "$mergeObjects requires object inputs",
                Map.of("actual", value.type().alias()));
    }

    @Override
    public Value result() {
        return merged.build();
    }

    @Override
    public long memoryBytes() {
        return bytes;
    }
}
