package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * How long the requests on each collection took, since the database was opened or the collection
 * was created. Thread-safe.
 */
final class Latencies {

    /** Whoever names ever new collections does not fill the memory. */
    static final int COLLECTIONS_MAX = 10_000;

    private static final int BUCKETS = 51;

    /** From 2 to 2^11 µs the lower bounds double, from there to 2^21 µs there are two of each. */
    private static final int FIRST_HALVED = 11;

    private static final int LAST_HALVED = 31;
    private static final int LAST_HALVED_POWER = 21;

    private final Map<String, Uses> collections = new ConcurrentHashMap<>();

    /** Of all requests, also those on no collection. */
    private final Uses all = Uses.none();

    /** How the requests on one collection went. */
    private record Uses(Map<Kind, Histogram> kinds, Map<Task, Tally> tasks) {

        static Uses none() {
            Map<Kind, Histogram> kinds = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                kinds.put(kind, new Histogram());
            }
            Map<Task, Tally> tasks = new EnumMap<>(Task.class);
            for (Task task : Task.values()) {
                tasks.put(task, new Tally());
            }
            return new Uses(kinds, tasks);
        }

        void add(String request, long micros) {
            kinds.get(Kind.of(request)).add(micros);
            tasks.get(Task.of(request)).add(micros);
        }

        Document report(boolean withBuckets) {
            DocumentBuilder report = Document.builder();
            kinds.forEach((kind, one) -> report.put(kind.field(), one.toDocument(withBuckets)));
            return report.build();
        }

        Document top() {
            DocumentBuilder top = Document.builder();
            top.put("total", new Tally().plus(tasks.values()).toDocument());
            top.put("readLock", kinds.get(Kind.READS).tally.toDocument());
            top.put("writeLock", kinds.get(Kind.WRITES).tally.toDocument());
            tasks.forEach((task, tally) -> top.put(task.field(), tally.toDocument()));
            return top.build();
        }
    }

    /** What {@code top} tells apart. */
    private enum Task {
        QUERIES,
        GETMORE,
        INSERT,
        UPDATE,
        REMOVE,
        COMMANDS;

        private static final Map<String, Task> BY_REQUEST =
                Map.ofEntries(
                        Map.entry("find", QUERIES),
                        Map.entry("findOne", QUERIES),
                        Map.entry("getMore", GETMORE),
                        Map.entry("insert", INSERT),
                        Map.entry("insertOne", INSERT),
                        Map.entry("insertMany", INSERT),
                        Map.entry("update", UPDATE),
                        Map.entry("updateOne", UPDATE),
                        Map.entry("updateMany", UPDATE),
                        Map.entry("replaceOne", UPDATE),
                        Map.entry("delete", REMOVE),
                        Map.entry("deleteOne", REMOVE),
                        Map.entry("deleteMany", REMOVE));

        static Task of(String request) {
            return BY_REQUEST.getOrDefault(request, COMMANDS);
        }

        private String field() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many requests there were, and how long they took together. */
    private static final class Tally {

        private final LongAdder micros = new LongAdder();
        private final LongAdder count = new LongAdder();

        void add(long duration) {
            micros.add(duration);
            count.increment();
        }

        Tally plus(Iterable<Tally> others) {
            for (Tally other : others) {
                micros.add(other.micros.sum());
                count.add(other.count.sum());
            }
            return this;
        }

        Document toDocument() {
            return Document.builder().put("time", micros.sum()).put("count", count.sum()).build();
        }
    }

    /** What MongoDB tells apart. */
    enum Kind {
        READS,
        WRITES,
        COMMANDS,
        TRANSACTIONS;

        private static final Map<String, Kind> BY_REQUEST =
                Map.ofEntries(
                        Map.entry("find", READS),
                        Map.entry("findOne", READS),
                        Map.entry("getMore", READS),
                        Map.entry("aggregate", READS),
                        Map.entry("count", READS),
                        Map.entry("distinct", READS),
                        Map.entry("insert", WRITES),
                        Map.entry("insertOne", WRITES),
                        Map.entry("insertMany", WRITES),
                        Map.entry("update", WRITES),
                        Map.entry("updateOne", WRITES),
                        Map.entry("updateMany", WRITES),
                        Map.entry("replaceOne", WRITES),
                        Map.entry("delete", WRITES),
                        Map.entry("deleteOne", WRITES),
                        Map.entry("deleteMany", WRITES),
                        Map.entry("findAndModify", WRITES),
                        Map.entry("findandmodify", WRITES),
                        Map.entry("findOneAndUpdate", WRITES),
                        Map.entry("findOneAndReplace", WRITES),
                        Map.entry("findOneAndDelete", WRITES),
                        Map.entry("bulkWrite", WRITES));

        static Kind of(String request) {
            return BY_REQUEST.getOrDefault(request, COMMANDS);
        }

        private String field() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many requests took how long. */
    private static final class Histogram {

        private final Tally tally = new Tally();
        private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);

        void add(long duration) {
            tally.add(duration);
            buckets.incrementAndGet(bucket(duration));
        }

        Document toDocument(boolean withBuckets) {
            DocumentBuilder shown = Document.builder();
            if (withBuckets) {
                shown.put("histogram", histogram());
            }
            return shown.put("latency", tally.micros.sum())
                    .put("ops", tally.count.sum())
                    .put("queryableEncryptionLatencyMicros", 0L)
                    .build();
        }

        private ArrayValue histogram() {
            List<Value> filled = new ArrayList<>();
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                long requests = buckets.get(bucket);
                if (requests > 0) {
                    filled.add(
                            Document.builder()
                                    .put("micros", lowest(bucket))
                                    .put("count", requests)
                                    .build());
                }
            }
            return ArrayValue.of(filled);
        }
    }

    /** The number of the bucket that a duration belongs to. */
    static int bucket(long micros) {
        int bucket = 0;
        while (bucket + 1 < BUCKETS && lowest(bucket + 1) <= micros) {
            bucket++;
        }
        return bucket;
    }

    /**
     * The shortest duration of a bucket: 0, 2, 4, …, 2048, 3072, 4096, 6144, …, 2097152, 4194304, …
     */
    static long lowest(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        if (bucket <= FIRST_HALVED) {
            return 1L << bucket;
        }
        if (bucket > LAST_HALVED) {
            return 1L << (bucket - LAST_HALVED + LAST_HALVED_POWER);
        }
        int halves = bucket - FIRST_HALVED;
        long power = 1L << (FIRST_HALVED + halves / 2);
        return halves % 2 == 0 ? power : power + power / 2;
    }

    /** A request has ended. */
    void ended(OperationDescription description, long nanos) {
        all.add(description.name(), TimeUnit.NANOSECONDS.toMicros(nanos));
        if (description.collection().isEmpty()) {
            return;
        }
        String name = description.namespace();
        Uses known = collections.get(name);
        if (known == null) {
            if (collections.size() >= COLLECTIONS_MAX) {
                return;
            }
            known = collections.computeIfAbsent(name, same -> Uses.none());
        }
        known.add(description.name(), TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /** A collection is gone. */
    void forget(String namespace) {
        collections.remove(namespace);
    }

    /**
     * What {@code $collStats} tells.
     *
     * @param withBuckets whether it tells how many requests took how long
     */
    Document report(String namespace, boolean withBuckets) {
        return Optional.ofNullable(collections.get(namespace))
                .orElseGet(Uses::none)
                .report(withBuckets);
    }

    /** The same of all requests, as {@code serverStatus} tells it. */
    Document report() {
        return all.report(false);
    }

    /**
     * What {@code top} tells: the requests on each collection, by their kinds.
     *
     * @param exists whether there is a collection of a full name: requests name others, too
     */
    Document top(Predicate<String> exists) {
        DocumentBuilder top = Document.builder().put("note", "all times in microseconds");
        new TreeMap<>(collections)
                .forEach(
                        (namespace, uses) -> {
                            if (exists.test(namespace)) {
                                top.put(namespace, uses.top());
                            }
                        });
        return top.build();
    }
}
