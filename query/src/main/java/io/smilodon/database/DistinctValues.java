package io.smilodon.database;

import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Collects the different values at a path, in order. An array at the end of the path counts by its
 * elements; arrays on the way are gone through, or into, where the path has a number. Not
 * thread-safe.
 */
final class DistinctValues {

    private static final ErrorCode TOO_BIG = ErrorCode.location(17217);

    private final FieldPath path;
    private final TreeSet<Value> values;
    private final AnswerMemory memory = AnswerMemory.current();
    private long bytes;

    /**
     * @param order which values are equal, and in which order they come
     */
    DistinctValues(FieldPath path, ValueOrder order) {
        this.path = path;
        this.values = new TreeSet<>(Steps.counted(order));
        AnswerMemory.needsWhole();
    }

    void addFrom(Document document) {
        walk(document, 0);
    }

    List<Value> inOrder() {
        return List.copyOf(values);
    }

    private void walk(Value value, int step) {
        if (step == path.length()) {
            addAll(value);
            return;
        }
        String name = path.steps().get(step);
        if (value instanceof Document document) {
            walk(document.get(name), step + 1);
        } else if (value instanceof ArrayValue array) {
            if (FieldPath.isIndex(name)) {
                walk(array.get(Integer.parseInt(name)), step + 1);
            } else {
                array.forEach(element -> throughElement(element, step));
            }
        }
    }

    private void throughElement(Value element, int step) {
        Steps.take();
        if (element instanceof Document) {
            walk(element, step);
        }
    }

    private void addAll(Value value) {
        if (value instanceof ArrayValue array) {
            array.forEach(this::add);
        } else if (value != Missing.INSTANCE) {
            add(value);
        }
    }

    private void add(Value value) {
        Steps.take();
        if (values.add(value)) {
            int size = KeyCodec.encode(value).length;
            Steps.takeForBytes(size);
            bytes += size;
            if (bytes > Limits.DOCUMENT_BYTES_MAX) {
                throw new SmilodonException(
                        TOO_BIG,
                        "distinct too big, 16mb cap",
                        Map.of("path", path.dotted(), "limitBytes", Limits.DOCUMENT_BYTES_MAX));
            }
            memory.takes(bytes, values.size() == 1);
        }
    }
}
