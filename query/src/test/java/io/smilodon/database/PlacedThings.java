package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Documents with vectors as they ought to be in one view, and which of them are nearest. The
 * numbers of the vectors are small and whole: every distance is exact. Not thread-safe.
 */
final class PlacedThings {

    static final Document INDEX =
            Json.doc(
                    "{'name': 'near', 'type': 'vectorSearch', 'definition': {'fields': [{'type':"
                            + " 'vector', 'path': 'v', 'numDimensions': 8, 'similarity':"
                            + " 'euclidean'}, {'type': 'filter', 'path': 'k'}]}}");

    private static final int DIMENSIONS = 8;
    private static final int REACH = 50;
    private static final int KINDS = 10;
    private static final int LIMIT = 10;
    private static final int CANDIDATES = 60;
    private static final int QUESTIONS = 8;
    private static final double RECALL_MIN = 0.9;

    /** What may be asked besides, and whether a thing of that kind passes. */
    private static final Map<String, Predicate<Integer>> FILTERS =
            Map.of(
                    "", kind -> true,
                    ", 'filter': {'k': {'$gte': 5}}", kind -> kind >= 5,
                    ", 'filter': {'k': {'$in': [2, 3]}}", kind -> kind == 2 || kind == 3,
                    ", 'filter': {'k': 7}", kind -> kind == 7);

    private final long seed;
    private final TreeMap<Integer, Document> byId = new TreeMap<>();

    /** The first of them is where things are moved away. */
    private final List<ArrayValue> questions = new ArrayList<>();

    PlacedThings(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(vector(random));
        }
    }

    PlacedThings copy() {
        PlacedThings copy = new PlacedThings(seed);
        copy.byId.putAll(byId);
        return copy;
    }

    void fill(DocumentCollection things, int count) {
        Random random = new Random(seed + 1);
        for (int id = 0; id < count; id++) {
            byId.put(id, thing(id, vector(random), random));
        }
        things.insertMany(List.copyOf(byId.values()), true);
    }

    /** Inserts one more, and returns when that was. */
    AsOf add(DocumentCollection things, Random random) {
        int id = byId.lastKey() + 1;
        replace(things, id, random);
        return AsOf.sequence(things.findById(Value.of(id)).orElseThrow().version());
    }

    private static Document thing(int id, ArrayValue vector, Random random) {
        return Document.builder()
                .put("_id", id)
                .put("k", random.nextInt(KINDS))
                .put("v", vector)
                .build();
    }

    private static ArrayValue vector(Random random) {
        List<Value> numbers = new ArrayList<>();
        for (int i = 0; i < DIMENSIONS; i++) {
            numbers.add(Value.of(random.nextInt(2 * REACH + 1) - REACH));
        }
        return ArrayValue.of(numbers);
    }

    private static double number(Value value) {
        return ((NumberValue) value).toDouble();
    }

    // ---- Changes, of the documents and of what they ought to be

    /** Deletes half of the things nearest to the first question, and puts the others elsewhere. */
    void moveNearest(DocumentCollection things, Random random, int count) {
        ArrayValue question = questions.get(0);
        List<Integer> nearest =
                byId.keySet().stream()
                        .sorted(Comparator.comparing(id -> -score(byId.get(id), question)))
                        .limit(count)
                        .toList();
        for (int id : nearest) {
            if (random.nextBoolean()) {
                delete(things, id);
            } else {
                replace(things, id, random);
            }
        }
    }

    void change(DocumentCollection things, Random random, int count) {
        for (int i = 0; i < count; i++) {
            int id = random.nextInt(2 * byId.size());
            if (random.nextInt(3) == 0) {
                delete(things, id);
            } else {
                replace(things, id, random);
            }
        }
    }

    private void delete(DocumentCollection things, int id) {
        things.deleteOne(Document.of("_id", Value.of(id)));
        byId.remove(id);
    }

    private void replace(DocumentCollection things, int id, Random random) {
        Document other = thing(id, vector(random), random);
        things.replaceOne(
                Document.of("_id", Value.of(id)), other, UpdateOptions.DEFAULTS.withUpsert(true));
        byId.put(id, other);
    }

    // ---- What is found

    /** The score that Lucene gives to a distance. */
    private static float score(Document thing, ArrayValue question) {
        ArrayValue vector = (ArrayValue) thing.get("v");
        float squares = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            double apart = number(vector.get(i)) - number(question.get(i));
            squares += (float) (apart * apart);
        }
        return 1 / (1 + squares);
    }

    /**
     * Searches exactly and by a graph.
     *
     * @throws AssertionError if anything is found that is not of the view, or too little
     */
    void requireFound(DocumentCollection things, String when) {
        requireFound(things, when, QUESTIONS);
    }

    /** The same with so many questions, where searches take long. */
    void requireFound(DocumentCollection things, String when, int count) {
        int nearest = 0;
        int all = 0;
        for (Map.Entry<String, Predicate<Integer>> filter : FILTERS.entrySet()) {
            String hint = "seed " + seed + ", " + when + ", " + filter.getKey();
            for (ArrayValue question : questions.subList(0, count)) {
                List<Float> scores = scores(question, filter.getValue());
                String options = filter.getKey();
                assertEquals(scores, found(things, question, "'exact': true", options), hint);
                List<Float> found =
                        found(things, question, "'numCandidates': " + CANDIDATES, options);
                assertEquals(scores.size(), found.size(), hint);
                nearest += (int) found.stream().filter(score -> score >= scores.getLast()).count();
                all += scores.size();
            }
        }
        double recall = (double) nearest / all;
        assertTrue(recall >= RECALL_MIN, () -> "seed " + seed + ", " + when + ": " + recall);
    }

    private List<Float> scores(ArrayValue question, Predicate<Integer> filter) {
        return byId.values().stream()
                .filter(thing -> filter.test((int) number(thing.get("k"))))
                .map(thing -> score(thing, question))
                .sorted(Comparator.reverseOrder())
                .limit(LIMIT)
                .toList();
    }

    /** The scores, of documents that are what they ought to be. */
    private List<Float> found(
            DocumentCollection things, ArrayValue question, String how, String filter) {
        Document search =
                Json.doc(
                        "{'$vectorSearch': {'index': 'near', 'path': 'v', 'queryVector': %s,"
                                        .formatted(Json.text(question))
                                + " 'limit': %d, %s%s}}".formatted(LIMIT, how, filter));
        Document scored = Json.doc("{'$set': {'s': {'$meta': 'vectorSearchScore'}}}");
        List<Float> scores = new ArrayList<>();
        try (DocumentCursor cursor = things.aggregate(List.of(search, scored))) {
            cursor.forEachRemaining(
                    found -> {
                        int id = (int) number(found.get("_id"));
                        assertEquals(byId.get(id), found.without("s"), "seed " + seed);
                        float score = (float) ((DoubleValue) found.get("s")).value();
                        assertEquals(score(byId.get(id), question), score, "seed " + seed);
                        scores.add(score);
                    });
        }
        return scores;
    }
}
