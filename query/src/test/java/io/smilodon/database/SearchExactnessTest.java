package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    private static final List<String> WORDS = List.of("ape", "bee", "cat", "dog");

    private static final Document INDEX =
            Json.doc(
                    "{'definition': {'mappings': {'fields': {'t': {'type': 'string'}, 'n':"
                            + " {'type': 'number'}, 'v': {'type': 'vector', 'numDimensions': 1,"
                            + " 'similarity': 'euclidean'}}}}}");

    static Stream<Long> seeds() {
        long first = new Random().nextLong();
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
        String text =
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                        .collect(Collectors.joining(" "));
        int number = random.nextInt(10);
        return Json.doc(
                "{'_id': %d, 't': '%s', 'n': %d, 'v': [%d]}".formatted(id, text, number, number));
    }

    private static String all(DocumentCollection books) {
        return Json.text(books.find(Document.EMPTY));
    }

    private static void agree(DocumentCollection books, Random random, String seed) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        int number = random.nextInt(10);
        List<Document> documents = new ArrayList<>();
        try (DocumentCursor cursor = books.find(Document.EMPTY)) {
            cursor.forEachRemaining(documents::add);
        }
        assertEquals(
                ids(documents.stream().filter(book -> words(book).contains(word))),
                found(books, "{'$search': {'text': {'query': '%s', 'path': 't'}}}", word),
                seed);
        assertEquals(
                ids(documents.stream().filter(book -> number(book) >= number)),
                found(books, "{'$search': {'range': {'path': 'n', 'gte': %s}}}", "" + number),
                seed);
        assertEquals(
                ids(documents.stream()),
                found(
                        books,
                        "{'$vectorSearch': {'index': 'default', 'path': 'v', 'queryVector': [%s],"
                                + " 'limit': 9999, 'exact': true}}",
                        "" + number),
                seed);
    }

    private static List<String> words(Document book) {
        return List.of(((StringValue) book.get("t")).value().split(" "));
    }

    private static double number(Document book) {
        return ((NumberValue) book.get("n")).toDouble();
    }

    private static TreeSet<String> ids(Stream<Document> documents) {
        return documents
                .map(document -> Json.text(document.get("_id")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> found(DocumentCollection books, String stage, String operand) {
        List<Document> found = new ArrayList<>();
        try (DocumentCursor cursor = books.aggregate(Json.docs(stage.formatted(operand)))) {
            cursor.forEachRemaining(found::add);
        }
        return ids(found.stream());
    }
}
