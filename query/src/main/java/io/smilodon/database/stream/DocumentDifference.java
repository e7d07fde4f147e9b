package io.smilodon.database.stream;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds where two documents differ, as MongoDB does for updates by pipelines: a document or an
 * array inside is told in parts where that is shorter than to tell it whole. The order of fields
 * does not count. Pure functions.
 */
final class DocumentDifference {

    /** About what a step of a path takes beside its name. */
    private static final int STEP_BYTES = 2;

    /** About what it takes to tell that an array is shorter, beside its path. */
    private static final int CUT_BYTES = 6;

    private DocumentDifference() {}

    /**
     * What differs.
     *
     * @param bytes about how much it takes to tell
     */
    private record Parts(List<PathChange> changes, long bytes) {

        static final Parts NONE = new Parts(List.of(), 0);

        static Parts of(PathChange change, long bytes) {
            return new Parts(List.of(change), bytes);
        }

        static Parts all(List<Parts> parts) {
            return new Parts(
                    parts.stream().flatMap(part -> part.changes.stream()).toList(),
                    parts.stream().mapToLong(Parts::bytes).sum());
        }
    }

    static List<PathChange> changes(Document before, Document after) {
        return documents(List.of(), before, after).changes;
    }

    private static Parts compare(List<Value> way, Value earlier, Value later) {
        if (earlier.equals(later)) {
            return Parts.NONE;
        }
        Parts whole = Parts.of(PathChange.of(way), stepBytes(way) + bytes(later));
        Parts parts = whole;
        if (earlier instanceof Document from && later instanceof Document to) {
            parts = documents(way, from, to);
        } else if (earlier instanceof ArrayValue from && later instanceof ArrayValue to) {
            parts = arrays(way, from, to);
        }
        // Of documents that differ only in the order of their fields there are no parts.
        return parts.bytes < whole.bytes && !parts.changes.isEmpty() ? parts : whole;
    }

    private static long stepBytes(List<Value> way) {
        return way.getLast() instanceof StringValue name
                ? STEP_BYTES + name.value().length()
                : STEP_BYTES;
    }

    private static long bytes(Value value) {
        return value == Missing.INSTANCE ? 0 : DocumentCodec.encode(Document.of("", value)).length;
    }

    private static Parts documents(List<Value> way, Document from, Document to) {
        List<Parts> parts = new ArrayList<>();
        Map<String, Value> left = new LinkedHashMap<>();
        from.forEach(field -> left.put(field.name(), field.value()));
        for (Field field : to) {
            Value earlier = left.getOrDefault(field.name(), Missing.INSTANCE);
            left.remove(field.name());
            parts.add(compare(with(way, new StringValue(field.name())), earlier, field.value()));
        }
        for (String gone : left.keySet()) {
            parts.add(compare(with(way, new StringValue(gone)), from.get(gone), Missing.INSTANCE));
        }
        return Parts.all(parts);
    }

    private static Parts arrays(List<Value> way, ArrayValue from, ArrayValue to) {
        List<Parts> parts = new ArrayList<>();
        Iterator<Value> earlier = from.iterator();
        int index = 0;
        for (Value later : to) {
            Value here = earlier.hasNext() ? earlier.next() : Missing.INSTANCE;
            parts.add(compare(with(way, new Int32Value(index)), here, later));
            index++;
        }
        if (earlier.hasNext()) {
            parts.add(Parts.of(PathChange.cut(way, index), stepBytes(way) + CUT_BYTES));
        }
        return Parts.all(parts);
    }

    private static List<Value> with(List<Value> way, Value step) {
        List<Value> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }
}
