package io.smilodon.database.stream;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
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

    /** Changes inside one document or array; if there are more it is told whole. */
    static final int CHANGES_MAX = 100_000;

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
    }

    /** Gathers parts as long as it is shorter to tell them than to tell the whole. */
    private static final class Gathered {

        private final List<PathChange> changes = new ArrayList<>();
        private final long bytesMax;
        private final int changesMax;
        private long bytes;

        Gathered(long bytesMax, int changesMax) {
            this.bytesMax = bytesMax;
            this.changesMax = changesMax;
        }

        void add(Parts parts) {
            changes.addAll(parts.changes);
            bytes += parts.bytes;
        }

        boolean isShort() {
            return bytes < bytesMax && changes.size() <= changesMax;
        }
    }

    static List<PathChange> changes(Document before, Document after) {
        Gathered all = new Gathered(Long.MAX_VALUE, Integer.MAX_VALUE);
        documents(List.of(), before, after, all);
        return all.changes;
    }

    private static Parts compare(List<Value> way, Value earlier, Value later) {
        if (earlier.equals(later)) {
            return Parts.NONE;
        }
        Parts whole = Parts.of(PathChange.of(way), stepBytes(way) + bytes(later));
        Gathered parts = new Gathered(whole.bytes, CHANGES_MAX);
        if (earlier instanceof Document from && later instanceof Document to) {
            documents(way, from, to, parts);
        } else if (earlier instanceof ArrayValue from && later instanceof ArrayValue to) {
            arrays(way, from, to, parts);
        }
        // Of documents that differ only in the order of their fields there are no parts.
        return parts.isShort() && !parts.changes.isEmpty()
                ? new Parts(parts.changes, parts.bytes)
                : whole;
    }

    private static long stepBytes(List<Value> way) {
        return way.getLast() instanceof StringValue name
                ? STEP_BYTES + name.value().length()
                : STEP_BYTES;
    }

    private static long bytes(Value value) {
        if (value == Missing.INSTANCE) {
            return 0;
        }
        int length = DocumentCodec.encode(Document.of("", value)).length;
        Steps.takeForBytes(length);
        return length;
    }

    private static void documents(List<Value> way, Document from, Document to, Gathered parts) {
        Map<String, Value> left = new LinkedHashMap<>();
        from.forEach(field -> left.put(field.name(), field.value()));
        for (Field field : to) {
            Steps.take();
            Value earlier = left.getOrDefault(field.name(), Missing.INSTANCE);
            left.remove(field.name());
            parts.add(compare(with(way, new StringValue(field.name())), earlier, field.value()));
            if (!parts.isShort()) {
                return;
            }
        }
        for (String gone : left.keySet()) {
            Steps.take();
            parts.add(compare(with(way, new StringValue(gone)), from.get(gone), Missing.INSTANCE));
        }
    }

    private static void arrays(List<Value> way, ArrayValue from, ArrayValue to, Gathered parts) {
        Iterator<Value> earlier = from.iterator();
        int index = 0;
        for (Value later : to) {
            Steps.take();
            Value here = earlier.hasNext() ? earlier.next() : Missing.INSTANCE;
            parts.add(compare(with(way, new Int32Value(index)), here, later));
            if (!parts.isShort()) {
                return;
            }
            index++;
        }
        if (earlier.hasNext()) {
            parts.add(Parts.of(PathChange.cut(way, index), stepBytes(way) + CUT_BYTES));
        }
    }

    private static List<Value> with(List<Value> way, Value step) {
        List<Value> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }
}
