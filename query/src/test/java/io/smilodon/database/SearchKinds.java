package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A search index for words and numbers, one for vectors, and what to ask of each. Documents may
 * have words in {@code t}, a number in {@code k} and two in {@code q}. Pure functions.
 */
public final class SearchKinds {

    /** The words that documents may have. */
    public static final List<String> WORDS = List.of("ape", "bee", "cat", "dog", "eel");

    private static final List<String> NAMES = List.of("words", "near");

    private static final List<Document> ALL =
            Json.docs(
                    "{'name': 'words', 'definition': {'mappings': {'fields': {'t': {'type':"
                            + " 'string'}, 'k': {'type': 'number'}}}}}",
                    "{'name': 'near', 'type': 'vectorSearch', 'definition': {'fields': [{'type':"
                            + " 'vector', 'path': 'q', 'numDimensions': 2, 'similarity':"
                            + " 'euclidean'}]}}");

    private static final int NUMBERS = 4;

    /** The score of whatever is found by a word or a number. */
    private static final float FOUND = 1;

    private SearchKinds() {}

    /** Creates one of the indexes; if it is there, it goes at times. */
    public static void change(DocumentCollection things, Random random) {
        int kind = random.nextInt(NAMES.size());
        if (!isThere(things, NAMES.get(kind))) {
            things.searchIndexes().create(ALL.get(kind));
        } else if (random.nextInt(4) == 0) {
            things.searchIndexes().drop(NAMES.get(kind));
        }
    }

    private static boolean isThere(DocumentCollection things, String name) {
        return things.searchIndexes().list().stream()
                .anyMatch(index -> index.get("name").equals(Value.of(name)));
    }

    /**
     * Compares what each index that is there finds with the documents, in any view.
     *
     * @return what is wrong
     */
    public static List<String> disagreements(DocumentCollection things) {
        List<String> wrong = new ArrayList<>();
        if (isThere(things, NAMES.get(0))) {
            for (String word : WORDS) {
                String text = "'text': {'path': 't', 'query': '%s', %s}".formatted(word, score());
                compare(things, search(text), thing -> scoreOf(hasWord(thing, word)), wrong);
            }
            for (int number = 0; number < NUMBERS; number++) {
                Value wanted = Value.of(number);
                String equals =
                        "'equals': {'path': 'k', 'value': %d, %s}".formatted(number, score());
                compare(
                        things,
                        search(equals),
                        thing -> scoreOf(isNumber(thing.get("k"), wanted)),
                        wrong);
            }
        }
        if (isThere(things, NAMES.get(1))) {
            String nearest =
                    "{'$vectorSearch': {'index': 'near', 'path': 'q', 'queryVector': [3, 4],"
                            + " 'limit': 9999, 'exact': true}}";
            compare(things, nearest, SearchKinds::nearness, wrong);
        }
        return wrong;
    }

    private static String score() {
        return "'score': {'constant': {'value': 1}}";
    }

    private static String search(String operator) {
        return "{'$search': {'index': 'words', " + operator + "}}";
    }

    private static float scoreOf(boolean isFound) {
        return isFound ? FOUND : 0;
    }

    private static boolean hasWord(Document thing, String word) {
        List<Value> texts =
                thing.get("t") instanceof ArrayValue array
                        ? array.elements()
                        : List.of(thing.get("t"));
        return texts.stream()
                .anyMatch(
                        text ->
                                text instanceof StringValue string
                                        && List.of(string.value().split(" ")).contains(word));
    }

    private static boolean isNumber(Value value, Value wanted) {
        return value instanceof NumberValue number
                && number.toDouble() == ((NumberValue) wanted).toDouble();
    }

    /** The score of the distance from (3, 4); 0 without a vector. */
    private static float nearness(Document thing) {
        if (!(thing.get("q") instanceof ArrayValue vector)) {
            return 0;
        }
        double x = ((NumberValue) vector.get(0)).toDouble() - 3;
        double y = ((NumberValue) vector.get(1)).toDouble() - 4;
        return 1 / (1 + (float) (x * x + y * y));
    }

    /** What is found, with its scores, and what has a score above 0. */
    private static void compare(
            DocumentCollection things,
            String stage,
            Function<Document, Float> score,
            List<String> wrong) {
        TreeMap<String, String> wanted = new TreeMap<>();
        try (DocumentCursor cursor = things.find(Document.EMPTY)) {
            cursor.forEachRemaining(
                    thing -> {
                        if (score.apply(thing) > 0) {
                            wanted.put(Json.text(thing), Float.toString(score.apply(thing)));
                        }
                    });
        }
        TreeMap<String, String> found = new TreeMap<>();
        List<Document> pipeline =
                List.of(Json.doc(stage), Json.doc("{'$set': {'score': {'$meta': 'score'}}}"));
        try (DocumentCursor cursor = things.aggregate(pipeline)) {
            cursor.forEachRemaining(
                    thing -> {
                        float of = (float) ((NumberValue) thing.get("score")).toDouble();
                        found.put(Json.text(thing.without("score")), Float.toString(of));
                    });
        }
        Set<Map.Entry<String, String>> more = new HashSet<>(found.entrySet());
        more.removeAll(wanted.entrySet());
        Set<Map.Entry<String, String>> missed = new HashSet<>(wanted.entrySet());
        missed.removeAll(found.entrySet());
        if (!more.isEmpty() || !missed.isEmpty()) {
            wrong.add(stage + " finds " + more + " too, and not " + missed);
        }
    }
}
