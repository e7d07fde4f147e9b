package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A search finds what the documents of its view say, whatever was written, in transactions and
 * after them, in earlier states, after closing and after a crash.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchExactnessTest {

    /** More for a long run. */
    private static final int RUNS = Integer.getInteger("smilodon.search.runs", 2);

    private static final int STEPS = 10;
    private static final int IDS = 12;
    private static final int QUESTIONS = 3;

    private static final Document INDEX =
            Json.doc("{'definition': {'mappings': " + SearchQuestion.MAPPINGS + "}}");

    static Stream<Long> seeds() {
        long first = Seeds.next();
        return IntStream.range(0, RUNS).mapToObj(run -> first + run);
    }

    private static DocumentCollection books(Database database) {
        return database.collection("books");
    }

    private static DocumentCollection books(Smilodon smilodon) {
        return books(smilodon.database("shop"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void searches_agree_with_the_documents(long seed) {
        Random random = new Random(seed);
        long operations = 200 + random.nextInt(1_500);
        FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
        try {
            run(directory, random, "seed " + seed);
        } catch (SmilodonException stopped) {
            assertTrue(directory.operations() >= operations, () -> seed + ": " + stopped);
        }
        FaultyDirectory left = directory.afterCrash(CrashPolicy.POSIX_RANDOM, seed);
        run(left, random, "after the crash, seed " + seed);
        run(left, random, "opened again, seed " + seed);
    }

    /** Random writes, each followed by searches. */
    private static void run(FaultyDirectory directory, Random random, String seed) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            DocumentCollection books = books(smilodon);
            if (books.searchIndexes().list().isEmpty()) {
                UpdateOptions upsert = UpdateOptions.DEFAULTS.withUpsert(true);
                Document byId = Document.of("_id", Value.of(IDS));
                books.replaceOne(byId, book(random, IDS), upsert);
                books.searchIndexes().create(INDEX);
            }
            agree(books, random, seed);
            for (int step = 0; step < STEPS; step++) {
                write(smilodon, random, seed + ", step " + step);
                agree(books, random, seed + ", step " + step);
            }
        }
    }

    private static void write(Smilodon smilodon, Random random, String seed) {
        DocumentCollection books = books(smilodon);
        int kind = random.nextInt(6);
        if (kind > 1) {
            change(books, random);
            return;
        }
        Value id = books.insertOne(book(random, random.nextInt()).without("_id")).insertedId();
        long before = books.findById(id).orElseThrow().version();
        String then = all(books);
        change(books, random);
        agree(books.asOf(AsOf.sequence(before)), random, seed + ", earlier");
        assertEquals(then, all(books.asOf(AsOf.sequence(before))), seed);
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            DocumentCollection inside = books(transaction.database("shop"));
            inside.insertOne(book(random, 0).without("_id"));
            books.insertOne(book(random, 0).without("_id"));
            for (int i = 0; i < 3; i++) {
                change(inside, random);
                agree(inside, random, seed + ", in a transaction");
            }
            agree(books, random, seed + ", beside it");
            if (kind == 0) {
                transaction.abort();
            }
        }
    }

    private static void change(DocumentCollection books, Random random) {
        Document byId = Document.of("_id", Value.of(random.nextInt(IDS)));
        if (random.nextInt(4) == 0) {
            books.deleteOne(byId);
        } else {
            UpdateOptions upsert = UpdateOptions.DEFAULTS.withUpsert(true);
            books.replaceOne(byId, book(random, 0).without("_id"), upsert);
        }
    }

    private static Document book(Random random, int id) {
        return SearchQuestion.book(random, id);
    }

    private static String all(DocumentCollection books) {
        return Json.text(books.find(Document.EMPTY));
    }

    private static void agree(DocumentCollection books, Random random, String seed) {
        List<Document> documents = new ArrayList<>();
        try (DocumentCursor cursor = books.find(Document.EMPTY)) {
            cursor.forEachRemaining(documents::add);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            agree(books, documents, SearchQuestion.random(random, 2), seed);
        }
        assertEquals(
                ids(documents.stream()),
                found(
                        books,
                        "{'$vectorSearch': {'index': 'default', 'path': 'v', 'queryVector': [1],"
                                + " 'limit': 9999, 'exact': true}}"),
                seed);
        if (random.nextInt(3) == 0) {
            agreeInOrder(books, documents, random, seed);
        }
    }

    /** What is found, how much it is, and how often which tag is in it. */
    private static void agree(
            DocumentCollection books,
            List<Document> documents,
            SearchQuestion question,
            String seed) {
        String asked = seed + ": " + question.operator();
        List<Document> meant = documents.stream().filter(question.answer()).toList();
        String search = "{'$search': {" + question.operator() + "}}";
        assertEquals(ids(meant.stream()), found(books, search), asked);
        String counted =
                "{'$searchMeta': {'count': {'type': 'total'}, 'facet': {'operator': {%s}, 'facets':"
                        + " {'k': {'type': 'string', 'path': 'k'}}}}}";
        Document meta = run(books, counted.formatted(question.operator())).get(0);
        assertEquals("{'total':%d}".formatted(meant.size()), Json.text(meta.get("count")), asked);
        Map<String, Long> tags = new TreeMap<>();
        meant.forEach(
                book ->
                        SearchQuestion.tags(book)
                                .forEach(tag -> tags.merge(Json.text(tag), 1L, Long::sum)));
        Map<String, Long> buckets = new TreeMap<>();
        Document facet = (Document) ((Document) meta.get("facet")).get("k");
        for (Value bucket : (ArrayValue) facet.get("buckets")) {
            Document one = (Document) bucket;
            buckets.put(Json.text(one.get("_id")), Long.valueOf(Json.text(one.get("count"))));
        }
        assertEquals(tags, buckets, asked);
    }

    /** Sorted by a field, whole and in pages of which each begins behind the one before. */
    private static void agreeInOrder(
            DocumentCollection books, List<Document> documents, Random random, String seed) {
        boolean isDescending = random.nextBoolean();
        Comparator<Document> order = Comparator.comparingDouble(SearchQuestion::number);
        List<Double> sorted =
                documents.stream()
                        .sorted(isDescending ? order.reversed() : order)
                        .map(SearchQuestion::number)
                        .toList();
        String search =
                "{'$search': {'exists': {'path': 'n'}, 'sort': {'n': %d}%s}}, {'$limit': %d},"
                        + " {'$set': {'token': {'$meta': 'searchSequenceToken'}}}";
        int size = 1 + random.nextInt(5);
        List<Document> found = new ArrayList<>();
        String after = "";
        do {
            List<Document> page = run(books, search.formatted(isDescending ? -1 : 1, after, size));
            found.addAll(page);
            after =
                    page.size() < size
                            ? ""
                            : ", 'searchAfter': " + Json.text(page.getLast().get("token"));
        } while (!after.isEmpty());
        assertEquals(sorted, found.stream().map(SearchQuestion::number).toList(), seed);
        assertEquals(ids(documents.stream()), ids(found.stream()), seed);
    }

    private static TreeSet<String> ids(Stream<Document> documents) {
        return documents
                .map(document -> Json.text(document.get("_id")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> found(DocumentCollection books, String stages) {
        return ids(run(books, stages).stream());
    }

    private static List<Document> run(DocumentCollection books, String stages) {
        List<Document> found = new ArrayList<>();
        ArrayValue pipeline = (ArrayValue) Json.value("[" + stages + "]");
        List<Document> parts = pipeline.elements().stream().map(one -> (Document) one).toList();
        try (DocumentCursor cursor = books.aggregate(parts)) {
            cursor.forEachRemaining(found::add);
        }
        return found;
    }
}
