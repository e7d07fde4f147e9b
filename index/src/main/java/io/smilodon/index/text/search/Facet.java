package io.smilodon.index.text.search;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.text.lucene.SearchAllowance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;

/**
 * A facet: how many of the documents that were found have which value.
 *
 * @param boundaries the ends of its buckets; none if each value is one
 * @param bucketsMax how many values are shown
 * @param otherwise the name of the bucket of all that is outside; empty if there is none
 */
record Facet(String path, List<Value> boundaries, int bucketsMax, Optional<String> otherwise) {

    private static final Set<KeyType> STRINGS = Set.of(KeyType.TOKEN, KeyType.LOWERCASE_TOKEN);
    private static final Set<KeyType> NUMBERS =
            Set.of(KeyType.NUMBER, KeyType.INTEGER, KeyType.FRACTION);

    private static final int BUCKETS_MAX = 1_000;
    private static final int BUCKETS = 10;

    /** What a value takes that is counted, besides its bytes. */
    private static final long VALUE_BYTES = 128;

    private static final Set<String> TYPES = Set.of("string", "number", "date");

    static Facet parse(Options written) {
        written.required("type");
        String type = written.word("type", "", TYPES);
        String path = written.text("path");
        if (type.equals("string")) {
            written.only("type", "path", "numBuckets");
            int buckets = written.count("numBuckets", BUCKETS, 1, BUCKETS_MAX);
            return new Facet(path, List.of(), buckets, Optional.empty());
        }
        written.only("type", "path", "boundaries", "default");
        Optional<String> otherwise =
                written.has("default") ? Optional.of(written.text("default")) : Optional.empty();
        return new Facet(path, boundaries(written, type), BUCKETS_MAX, otherwise);
    }

    private static List<Value> boundaries(Options written, String type) {
        if (!(written.required("boundaries") instanceof ArrayValue array)) {
            throw Options.wrongType(written.get("boundaries"), "array", written.at("boundaries"));
        }
        List<Value> boundaries = new ArrayList<>();
        for (Value boundary : array) {
            boolean fits =
                    type.equals("date")
                            ? boundary instanceof DateValue
                            : boundary instanceof NumberValue;
            boolean isSorted =
                    boundaries.isEmpty()
                            || ValueOrder.ASCENDING.compare(boundaries.getLast(), boundary) < 0;
            if (!fits || !isSorted) {
                throw Options.error(
                        "The boundaries are of the type of the facet, in ascending order",
                        Map.of("type", type, "actual", boundary),
                        written.at("boundaries").child(boundaries.size()));
            }
            boundaries.add(boundary);
        }
        if (boundaries.size() < 2 || boundaries.size() > BUCKETS_MAX) {
            throw written.error(
                    "boundaries",
                    "The number of boundaries is out of its bounds",
                    Map.of("min", 2, "max", BUCKETS_MAX, "actual", boundaries.size()));
        }
        return boundaries;
    }

    /** Requires that what it counts is indexed. */
    void require(SearchContext context) {
        if (boundaries.isEmpty()) {
            require(context, STRINGS::contains, "token");
        } else if (boundaries.getFirst() instanceof DateValue) {
            require(context, type -> type == KeyType.DATE, "date");
        } else {
            require(context, NUMBERS::contains, "number");
        }
    }

    private void require(SearchContext context, Predicate<FieldType> way, String type) {
        String text =
                "Cannot facet on field \""
                        + path
                        + "\" because it was not indexed as a \""
                        + type
                        + "\" field.";
        context.require(path, way, text);
    }

    /**
     * @param allowance for the values that are counted
     */
    Counter counter(SearchAllowance allowance) {
        return new Counter(allowance);
    }

    /** Counts the documents of one search. Not thread-safe. */
    final class Counter {

        private final Map<BytesRef, Long> values = new HashMap<>();
        private final long[] buckets = new long[Math.max(0, boundaries.size() - 1)];
        private final byte[][] bounds =
                boundaries.stream().map(KeyCodec::encode).toArray(byte[][]::new);
        private final SearchAllowance allowance;
        private long others;

        private Counter(SearchAllowance allowance) {
            this.allowance = allowance;
        }

        /** What counts the documents of a part of the index. */
        Leaf in(LeafReaderContext leaf) throws IOException {
            String field = FieldNames.keys(path);
            SortedSetDocValues keys = DocValues.getSortedSet(leaf.reader(), field);
            return document -> {
                if (boundaries.isEmpty()) {
                    countValues(keys, document);
                } else {
                    countBuckets(keys, document);
                }
            };
        }

        private void countValues(SortedSetDocValues keys, int document) throws IOException {
            if (keys.advanceExact(document)) {
                for (int i = 0; i < keys.docValueCount(); i++) {
                    BytesRef key = keys.lookupOrd(keys.nextOrd());
                    if (values.computeIfPresent(key, (same, count) -> count + 1) == null) {
                        allowance.reserve(VALUE_BYTES + key.length);
                        values.put(BytesRef.deepCopyOf(key), 1L);
                    }
                }
            }
        }

        private void countBuckets(SortedSetDocValues keys, int document) throws IOException {
            int last = -1;
            if (keys.advanceExact(document)) {
                for (int i = 0; i < keys.docValueCount(); i++) {
                    int bucket = bucket(keys.lookupOrd(keys.nextOrd()));
                    if (bucket > last) {
                        buckets[bucket]++;
                        last = bucket;
                    }
                }
            }
            if (last < 0) {
                others++;
            }
        }

        /** The bucket of a key; below zero if there is none. */
        private int bucket(BytesRef key) {
            byte[] bytes = Arrays.copyOfRange(key.bytes, key.offset, key.offset + key.length);
            int found = Arrays.binarySearch(bounds, bytes, Arrays::compareUnsigned);
            int bucket = found >= 0 ? found : -found - 2;
            return bucket < buckets.length ? bucket : -1;
        }

        Document toDocument() {
            List<Value> shown = new ArrayList<>();
            if (boundaries.isEmpty()) {
                values.entrySet().stream()
                        .filter(entry -> KeyType.value(entry.getKey()) instanceof StringValue)
                        .sorted(
                                Map.Entry.<BytesRef, Long>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(bucketsMax)
                        .forEach(
                                one ->
                                        shown.add(
                                                bucket(
                                                        KeyType.value(one.getKey()),
                                                        one.getValue())));
            }
            for (int i = 0; i < buckets.length; i++) {
                shown.add(bucket(boundaries.get(i), buckets[i]));
            }
            otherwise.ifPresent(name -> shown.add(bucket(Value.of(name), others)));
            return Document.of("buckets", ArrayValue.of(shown));
        }

        private static Document bucket(Value id, long count) {
            return Document.builder().put("_id", id).put("count", count).build();
        }
    }

    /** Counts a document of a part of the index. */
    interface Leaf {
        void count(int document) throws IOException;
    }
}
