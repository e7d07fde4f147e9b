package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random changes of documents under indexes of every kind, which are built and dropped meanwhile:
 * the same for the same seed, on any machine, until it stops; only Lucene's threads write when they
 * like. Documents expire, and a capped collection pushes its oldest out. Immutable.
 */
public final class IndexedWork {

    private static final int IDS = 30;
    private static final int CAPPED_COUNT = 12;

    private static final DatabaseOptions OPTIONS =
            DatabaseOptions.DEFAULTS
                    .withTtl(TtlSettings.OFF)
                    .withClock(
                            Clock.fixed(
                                    Instant.ofEpochMilli(IndexKinds.NOW_MILLIS), ZoneOffset.UTC));

    private final long seed;
    private final int steps;

    /** What the documents are after a step, by collection and id. */
    private final List<TreeMap<String, String>> states = new ArrayList<>();

    private final long operations;

    /** Runs it once, to see what ought to become of it. */
    public IndexedWork(long seed, int steps) {
        this.seed = seed;
        this.steps = steps;
        FaultyDirectory directory = new FaultyDirectory();
        try (Smilodon smilodon = open(directory)) {
            states.add(contents(smilodon));
            for (int step = 0; step < steps; step++) {
                run(step, smilodon);
                states.add(contents(smilodon));
                if (step % 6 == 5) {
                    requireAgreement(smilodon, "step " + step);
                }
            }
        }
        operations = directory.operations();
    }

    /** How many operations change something on the machine. */
    public long operations() {
        return operations;
    }

    public static Smilodon open(FaultyDirectory directory) {
        return Smilodon.open(directory, OPTIONS);
    }

    /**
     * Does it until the machine stops.
     *
     * @return how many steps were acknowledged
     */
    public int run(FaultyDirectory directory) {
        int acknowledged = 0;
        try (Smilodon smilodon = open(directory)) {
            for (int step = 0; step < steps; step++) {
                run(step, smilodon);
                acknowledged++;
            }
        } catch (SmilodonException stopped) {
            return acknowledged;
        }
        return acknowledged;
    }

    /**
     * Every document is as before or as after the step that was under way, every index agrees, and
     * the work can go on.
     *
     * @throws AssertionError if anything is wrong
     */
    public void checkAfterCrash(FaultyDirectory left, int acknowledged) {
        try (Smilodon recovered = open(left)) {
            TreeMap<String, String> found = contents(recovered);
            TreeMap<String, String> before = states.get(acknowledged);
            TreeMap<String, String> after = states.get(Math.min(acknowledged + 1, steps));
            TreeMap<String, String> all = new TreeMap<>(before);
            all.putAll(after);
            all.putAll(found);
            for (String id : all.keySet()) {
                String one = found.getOrDefault(id, "absent");
                if (!one.equals(before.getOrDefault(id, "absent"))
                        && !one.equals(after.getOrDefault(id, "absent"))) {
                    throw new AssertionError(
                            hint("after " + acknowledged + " steps") + id + " is " + one);
                }
            }
            requireAgreement(recovered, "recovered after " + acknowledged + " steps");
            for (int step = steps; step < steps + 3; step++) {
                run(step, recovered);
            }
            requireAgreement(recovered, "going on after " + acknowledged + " steps");
        }
    }

    private void requireAgreement(Smilodon smilodon, String when) {
        for (DocumentCollection collection : List.of(things(smilodon), log(smilodon))) {
            List<String> wrong = new ArrayList<>(IndexKinds.disagreements(collection));
            wrong.addAll(SearchKinds.disagreements(collection));
            if (!wrong.isEmpty()) {
                throw new AssertionError(hint(when) + wrong);
            }
        }
    }

    private String hint(String when) {
        return "seed " + seed + ", " + when + ": ";
    }

    private static DocumentCollection things(Smilodon smilodon) {
        return smilodon.database("d").collection("things");
    }

    private static DocumentCollection log(Smilodon smilodon) {
        return smilodon.database("d").collection("log");
    }

    private static TreeMap<String, String> contents(Smilodon smilodon) {
        TreeMap<String, String> contents = new TreeMap<>();
        for (DocumentCollection collection : List.of(things(smilodon), log(smilodon))) {
            try (DocumentCursor cursor = collection.find(Document.EMPTY)) {
                cursor.forEachRemaining(
                        found ->
                                contents.put(
                                        collection.namespace() + " " + found.get("_id"),
                                        Json.text(found)));
            }
        }
        return contents;
    }

    // ---- Steps

    private void run(int step, Smilodon smilodon) {
        Random random = new Random(seed * 1_000_003 + step);
        DocumentCollection things = things(smilodon);
        if (step == 0) {
            things.insertMany(documents(0, IDS / 2, random), true);
            return;
        }
        if (step == 1) {
            smilodon.database("d")
                    .createCollection(
                            "log",
                            Json.doc(
                                    "{'capped': true, 'size': 1048576, 'max': "
                                            + CAPPED_COUNT
                                            + "}"));
            return;
        }
        Document some = Document.of("_id", Value.of(random.nextInt(IDS)));
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> create(random.nextInt(4) == 0 ? log(smilodon) : things, random);
            case 3 -> drop(things, random);
            case 4, 5, 6 -> replace(things, random);
            case 7 -> things.deleteOne(some);
            case 8 -> things.deleteMany(Json.doc("{'k': " + random.nextInt(4) + ", 'n': 1}"));
            case 9, 10 -> things.updateOne(some, update(random));
            case 11 -> things.updateMany(Json.doc("{'k': {'$gt': 1}}"), update(random));
            case 12 -> log(smilodon).insertMany(documents(step * 100, 7, random), true);
            case 13 -> removeExpired(smilodon);
            case 14, 15 -> changeSearched(things, random);
            default -> inOneTransaction(smilodon, random);
        }
        if (random.nextInt(10) == 0) {
            smilodon.checkpoint();
        }
    }

    private static List<Document> documents(int from, int count, Random random) {
        List<Document> documents = new ArrayList<>();
        for (int id = from; id < from + count; id++) {
            documents.add(IndexKinds.document(id, random));
        }
        return documents;
    }

    /** Capped collections have no indexes by which documents expire. */
    private static void create(DocumentCollection collection, Random random) {
        Document specification = IndexKinds.oneOf(random, IndexKinds.ALL).specification();
        if (!specification.has("expireAfterSeconds") || !collection.isCapped()) {
            collection.createIndex(specification);
        }
    }

    private static void drop(DocumentCollection things, Random random) {
        List<Document> indexes = things.indexes();
        if (indexes.isEmpty()) {
            return; // the power failed before there was a collection
        }
        Document index = indexes.get(random.nextInt(indexes.size()));
        if (!index.get("name").equals(new StringValue("_id_"))) {
            things.dropIndex(index.get("name"));
        }
    }

    private static void changeSearched(DocumentCollection things, Random random) {
        if (things.exists()) { // unless the power failed before
            SearchKinds.change(things, random);
        }
    }

    private static void replace(DocumentCollection things, Random random) {
        int id = random.nextInt(IDS);
        things.replaceOne(
                Document.of("_id", Value.of(id)),
                IndexKinds.document(id, random),
                UpdateOptions.DEFAULTS.withUpsert(true));
    }

    /** A pass that fails is tried again later: only the next request tells that it did. */
    private static void removeExpired(Smilodon smilodon) {
        smilodon.removeExpired();
        smilodon.database("d").collection("others").insertOne(Document.EMPTY);
    }

    private static void inOneTransaction(Smilodon smilodon, Random random) {
        smilodon.transaction(
                transaction -> {
                    DocumentCollection things = transaction.database("d").collection("things");
                    replace(things, random);
                    replace(things, random);
                    return true;
                });
    }

    /** Some fields of another document, or one less. */
    private static Document update(Random random) {
        Document other = IndexKinds.document(0, random);
        DocumentBuilder set = Document.builder();
        for (String name : List.of("a", "s", "h", "w", "p", "q", "t", "at", "k", "n")) {
            if (random.nextInt(4) == 0 && other.has(name)) {
                set.put(name, other.get(name));
            }
        }
        String gone = IndexKinds.oneOf(random, List.of("a", "p", "t", "n", "at", "w"));
        Document fields = set.build();
        return fields.isEmpty() || random.nextInt(4) == 0
                ? Document.of("$unset", Document.of(gone, Value.of(1)))
                : Document.of("$set", fields);
    }
}
