package io.smilodon.database.transfer;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a sample tells of one path. Not thread-safe. */
final class FieldSchema {

    /** Different values that are counted; with more of them none is frequent. */
    private static final int DISTINCT_MAX = 1_000;

    private static final int TOP_COUNT = 5;

    /** Longer strings are no names or codes that would be worth counting. */
    private static final int COUNTED_LENGTH_MAX = 100;

    private final Map<String, Long> types = new TreeMap<>();
    private final Map<Value, Long> counts = new TreeMap<>(ValueOrder.ASCENDING);
    private boolean countsValues = true;
    private long documents;
    private long values;
    private long lastDocument = -1;
    private Value min = NullValue.INSTANCE;
    private Value max = NullValue.INSTANCE;
    private long shortest = Long.MAX_VALUE;
    private long longest = -1;
    private final BoundingBox box = new BoundingBox();

    /**
     * Takes a value into account.
     *
     * @param document the number of the document that it is in
     */
    void add(Value value, long document) {
        if (document != lastDocument) {
            lastDocument = document;
            documents++;
        }
        values++;
        types.merge(value.type().alias(), 1L, Long::sum);
        box.add(value);
        switch (value) {
            case NumberValue number -> addScalar(number);
            case DateValue date -> addScalar(date);
            case ObjectId id -> extend(id);
            case StringValue string -> addString(string);
            case ArrayValue array -> addLength(array.size());
            default -> count(value);
        }
    }

    private void addScalar(Value value) {
        extend(value);
        count(value);
    }

    private void addString(StringValue string) {
        if (string.value().length() <= COUNTED_LENGTH_MAX) {
            extend(string);
            count(string);
        } else {
            countsValues = false;
        }
    }

    private void addLength(long length) {
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
    }

    private void extend(Value value) {
        boolean isFirst = min instanceof NullValue;
        if (isFirst || ValueOrder.ASCENDING.compare(value, min) < 0) {
            min = value;
        }
        if (isFirst || ValueOrder.ASCENDING.compare(value, max) > 0) {
            max = value;
        }
    }

    private void count(Value value) {
        if (value instanceof Document || !countsValues) {
            return;
        }
        counts.merge(value, 1L, Long::sum);
        if (counts.size() > DISTINCT_MAX) {
            countsValues = false;
            counts.clear();
        }
    }

    /**
     * What is known.
     *
     * @param sampled how many documents were looked at
     */
    Document toDocument(String path, long sampled) {
        DocumentBuilder known =
                Document.builder()
                        .put("path", path)
                        .put("presence", (double) documents / sampled)
                        .put("documents", documents)
                        .put("values", values)
                        .put("types", types());
        if (!(min instanceof NullValue)) {
            known.put("min", min).put("max", max);
        }
        if (longest >= 0) {
            known.put("lengthMin", shortest).put("lengthMax", longest);
        }
        List<Value> top = top();
        if (!top.isEmpty()) {
            known.put("distinct", (long) counts.size()).put("top", ArrayValue.of(top));
        }
        box.toArray().ifPresent(found -> known.put("boundingBox", found));
        return known.build();
    }

    private ArrayValue types() {
        List<Value> shown = new ArrayList<>();
        types.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(type -> shown.add(counted("type", Value.of(type.getKey()), type)));
        return ArrayValue.of(shown);
    }

    private static Document counted(String name, Value what, Map.Entry<?, Long> count) {
        return Document.builder().put(name, what).put("count", count.getValue()).build();
    }

    /** The most frequent values, if some occur more than once. */
    private List<Value> top() {
        Comparator<Map.Entry<Value, Long>> byCount = Map.Entry.comparingByValue();
        boolean isWorthIt = countsValues && counts.values().stream().anyMatch(n -> n > 1);
        return !isWorthIt
                ? List.of()
                : counts.entrySet().stream()
                        .sorted(byCount.reversed())
                        .limit(TOP_COUNT)
                        .<Value>map(value -> counted("value", value.getKey(), value))
                        .toList();
    }
}
