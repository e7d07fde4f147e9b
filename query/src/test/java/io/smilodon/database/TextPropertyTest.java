package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What {@code $text} finds, and the scores, against a naive reading of all documents: through
 * updates, deletions, transactions, losses of power and openings.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextPropertyTest {

    private static final int ROUNDS = Integer.getInteger("smilodon.text.rounds", 2);
    private static final String[] WORDS = {"ape", "bee", "cat", "dog", "Eel", "fox"};

    /** The weight of each text, by path, in the index of this test. */
    private static final Map<String, Integer> WEIGHTS = Map.of("t", 3, "u.v", 1);

    private static final Document INDEX =
            doc(
                    "{'key': {'t': 'text', 'u.v': 'text'}, 'weights': {'t': 3},"
                            + " 'default_language': 'none'}");

    private final Random random = new Random(0);

    /** A search in parts, so that the naive reading need not take it apart. */
    private record Search(List<String> words, List<String> unwanted, List<String> phrases) {

        String written() {
            StringBuilder text = new StringBuilder();
            words.forEach(word -> text.append(word).append(' '));
            unwanted.forEach(word -> text.append('-').append(word).append(' '));
            phrases.forEach(phrase -> text.append('"').append(phrase).append("\" "));
            return text.toString();
        }

        /** The score of a document that matches; 0 if it does not. */
        double score(Document document) {
            Map<String, Double> scores = new TreeMap<>();
            List<String> texts = new ArrayList<>();
            collect(document.get("t"), "t", scores, texts);
            if (document.get("u") instanceof Document inner) {
                collect(inner.get("v"), "u.v", scores, texts);
            }
            double sum = 0;
            for (Map.Entry<String, Double> word : scores.entrySet()) {
                sum += isWanted(word.getKey()) ? word.getValue() : 0;
            }
            boolean isRefused = unwanted.stream().anyMatch(scores::containsKey);
            boolean hasPhrases =
                    phrases.stream().allMatch(one -> texts.stream().anyMatch(t -> t.contains(one)));
            return isRefused || !hasPhrases ? 0 : sum;
        }

        private boolean isWanted(String word) {
            return words.contains(word)
                    || phrases.stream().anyMatch(one -> List.of(one.split(" ")).contains(word));
        }

        private static void collect(
                Value value, String path, Map<String, Double> scores, List<String> texts) {
            if (value instanceof ArrayValue array) {
                array.forEach(element -> collect(element, path, scores, texts));
            } else if (value instanceof StringValue text) {
                String lower = text.value().toLowerCase(java.util.Locale.ROOT);
                texts.add(lower);
                score(lower.split(" "), WEIGHTS.get(path), scores);
            }
        }

        private static void score(String[] words, int weight, Map<String, Double> scores) {
            Map<String, Integer> counts = new HashMap<>();
            for (String word : words) {
                counts.merge(word, 1, Integer::sum);
            }
            counts.forEach(
                    (word, count) -> {
                        double frequency = 2 - Math.pow(0.5, count - 1);
                        double share = 0.5 + 0.5 * count / words.length;
                        double boost = words.length == 1 ? 1.1 : 1;
                        scores.merge(word, weight * frequency * share * boost, Double::sum);
                    });
        }
    }

    @Test
    void searches_answer_what_the_documents_say() {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Seeds.next();
            random.setSeed(seed);
            FaultyDirectory directory = new FaultyDirectory();
            for (int opening = 0; opening < 3; opening++) {
                try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
                    DocumentCollection texts = smilodon.database("d").collection("texts");
                    check(texts, "seed " + seed + " opened");
                    work(smilodon, texts, "seed " + seed);
                    directory = directory.afterCrash(CrashPolicy.DROP_ALL, seed);
                }
            }
        }
    }

    private void work(Smilodon smilodon, DocumentCollection texts, String hint) {
        for (int step = 0; step < 12; step++) {
            if (step == 2) {
                texts.createIndex(INDEX);
            }
            if (random.nextInt(4) == 0) {
                smilodon.checkpoint();
                check(texts, hint);
            }
            if (random.nextInt(4) == 0) {
                smilodon.transaction(
                        transaction -> {
                            DocumentCollection own = transaction.database("d").collection("texts");
                            change(own);
                            change(own);
                            check(own, hint + " in a transaction");
                            return true;
                        });
            } else {
                change(texts);
            }
            if (random.nextInt(4) == 0) {
                changeBesideReader(smilodon, texts, hint);
            }
            check(texts, hint);
        }
        assertEquals(List.of(), texts.verify(), hint);
    }

    /** Who began to read before sees nothing of it, whatever is in memory of what others read. */
    private void changeBesideReader(Smilodon smilodon, DocumentCollection texts, String hint) {
        smilodon.transaction(
                transaction -> {
                    DocumentCollection own = transaction.database("d").collection("texts");
                    check(own, hint + " before");
                    for (int time = 0; time < 3; time++) {
                        change(texts);
                        smilodon.checkpoint();
                        check(texts, hint + " beside");
                        check(own, hint + " in an older snapshot");
                    }
                    return true;
                });
    }

    private void change(DocumentCollection texts) {
        Document id = Document.of("_id", Value.of(random.nextInt(12)));
        switch (random.nextInt(4)) {
            case 0 -> texts.deleteOne(id);
            case 1 ->
                    texts.updateOne(
                            id, Document.of("$set", Document.of("t", Value.of(someText()))));
            default -> texts.replaceOne(id, document(), UpdateOptions.DEFAULTS.withUpsert(true));
        }
    }

    private Document document() {
        DocumentBuilder document = Document.builder();
        switch (random.nextInt(4)) {
            case 0 -> document.put("t", 7);
            case 1 ->
                    document.put(
                            "t", ArrayValue.of(List.of(Value.of(someText()), Value.of("ape"))));
            default -> document.put("t", someText());
        }
        if (random.nextBoolean()) {
            document.put("u", Document.of("v", Value.of(someText())));
        }
        return document.put("w", someText()).build();
    }

    private String someText() {
        StringBuilder text = new StringBuilder(word());
        for (int count = random.nextInt(4); count > 0; count--) {
            text.append(' ').append(word());
        }
        return text.toString();
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String lower() {
        return word().toLowerCase(java.util.Locale.ROOT);
    }

    private void check(DocumentCollection texts, String hint) {
        if (texts.indexes().size() < 2) {
            return;
        }
        List<String> words = List.of(lower(), lower());
        List<String> unwanted = random.nextInt(3) == 0 ? List.of(lower()) : List.of();
        List<String> phrases =
                random.nextInt(3) == 0 ? List.of(lower() + " " + lower()) : List.of();
        Search search = new Search(words, unwanted, phrases);
        Map<Value, Double> expected = new HashMap<>();
        try (DocumentCursor all = texts.find(Document.EMPTY)) {
            all.forEachRemaining(
                    document -> {
                        double score = search.score(document);
                        if (score > 0) {
                            expected.put(document.get("_id"), score);
                        }
                    });
        }
        FindRequest request =
                FindRequest.of(
                                Document.of(
                                        "$text",
                                        Document.of("$search", Value.of(search.written()))))
                        .withProjection(doc("{'s': {'$meta': 'textScore'}}"));
        check(expected, texts.find(request), expected.size(), hint + ": " + search);
        FindRequest best = request.withSort(doc("{'s': {'$meta': 'textScore'}}")).withLimit(3);
        check(expected, texts.find(best), Math.min(3, expected.size()), hint + ": " + search);
        checkBest(expected, texts.find(best), hint + ": " + search);
    }

    private static void checkBest(Map<Value, Double> expected, DocumentCursor best, String hint) {
        List<Double> scores = new ArrayList<>();
        try (best) {
            best.forEachRemaining(
                    document -> scores.add(((DoubleValue) document.get("s")).value()));
        }
        List<Double> wanted =
                expected.values().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(scores.size())
                        .toList();
        for (int place = 0; place < scores.size(); place++) {
            assertEquals(wanted.get(place), scores.get(place), 1e-9, hint);
        }
    }

    private static void check(
            Map<Value, Double> expected, DocumentCursor found, int count, String hint) {
        int seen = 0;
        try (found) {
            while (found.hasNext()) {
                Document document = found.next();
                double score = ((DoubleValue) document.get("s")).value();
                assertEquals(expected.getOrDefault(document.get("_id"), 0.0), score, 1e-9, hint);
                seen++;
            }
        }
        assertEquals(count, seen, hint);
    }
}
