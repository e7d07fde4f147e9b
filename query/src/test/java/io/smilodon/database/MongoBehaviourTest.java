package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.testing.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What MongoDB's server does by its own tests, whose names stand above the cases: tables in {@code
 * resources/mongodb}. A block of lines begins with the documents of a collection, {@code doc}, and
 * perhaps with an index under which everything is asked once more. Then follow cases: {@code find
 * FILTER => IDS}, {@code find FILTER | PROJECTION => DOCUMENTS}, {@code distinct PATH FILTER =>
 * VALUES}, {@code update FILTER ! UPDATE => DOCUMENTS}, {@code upsert FILTER ! UPDATE =>
 * DOCUMENTS}; or the number of the error.
 */
class MongoBehaviourTest {

    private static final AtomicInteger COLLECTIONS = new AtomicInteger();

    private static Smilodon smilodon;

    @BeforeAll
    static void open() {
        smilodon = Smilodon.inMemory();
    }

    @AfterAll
    static void close() {
        smilodon.close();
    }

    @TestFactory
    Stream<DynamicTest> tables() {
        return Stream.of("filters", "schemas", "distincts", "projections", "updates", "upserts")
                .flatMap(name -> Lines.blocks("/mongodb/" + name + ".txt").stream())
                .flatMap(MongoBehaviourTest::cases);
    }

    private static Stream<DynamicTest> cases(List<Lines.Line> block) {
        List<Document> documents = documents(block, "doc");
        List<Fixture> fixtures = new ArrayList<>();
        fixtures.add(new Fixture(documents, Document.EMPTY));
        documents(block, "index").forEach(index -> fixtures.add(new Fixture(documents, index)));
        return block.stream()
                .filter(line -> !line.keyword().equals("doc") && !line.keyword().equals("index"))
                .flatMap(line -> fixtures.stream().map(fixture -> test(line, fixture)));
    }

    private static List<Document> documents(List<Lines.Line> block, String keyword) {
        return block.stream()
                .filter(line -> line.keyword().equals(keyword))
                .map(line -> doc(line.text()))
                .toList();
    }

    private static DynamicTest test(Lines.Line line, Fixture fixture) {
        return DynamicTest.dynamicTest(line.name() + " " + fixture.index, () -> run(line, fixture));
    }

    /** The documents and the index of a block; what is only read is stored once. */
    private static final class Fixture {

        private final List<Document> documents;
        private final Document index;
        private Optional<DocumentCollection> read = Optional.empty();

        Fixture(List<Document> documents, Document index) {
            this.documents = documents;
            this.index = index;
        }

        DocumentCollection collectionFor(String keyword) {
            if (keyword.startsWith("up")) {
                return stored();
            }
            read = Optional.of(read.orElseGet(this::stored));
            return read.get();
        }

        private DocumentCollection stored() {
            DocumentCollection collection =
                    smilodon.database("cases").collection("c" + COLLECTIONS.incrementAndGet());
            if (!documents.isEmpty()) {
                collection.insertMany(documents, true);
            }
            if (!index.isEmpty()) {
                collection.createIndex(Document.of("key", index));
            }
            return collection;
        }
    }

    private static void run(Lines.Line line, Fixture fixture) {
        DocumentCollection collection = fixture.collectionFor(line.keyword());
        String[] sides = line.text().split(" => ", 2);
        if (sides[1].startsWith("error ")) {
            SmilodonException error =
                    assertThrows(
                            SmilodonException.class,
                            () -> answer(line.keyword(), sides[0], collection));
            assertEquals(sides[1], "error " + error.code().number(), error.getMessage());
        } else {
            assertEquals(value(sides[1]), answer(line.keyword(), sides[0], collection));
        }
    }

    private static Value answer(String keyword, String written, DocumentCollection collection) {
        return switch (keyword) {
            case "find" -> found(written, collection);
            case "distinct" -> distinct(written, collection);
            case "update" -> changed(written, false, collection);
            case "upsert" -> changed(written, true, collection);
            default -> throw new IllegalArgumentException(keyword);
        };
    }

    /** The ids, or with a projection the documents, in the order of the ids. */
    private static ArrayValue found(String written, DocumentCollection collection) {
        String[] parts = written.split(" \\| ", 2);
        FindRequest request = FindRequest.of(doc(parts[0]));
        if (parts.length > 1) {
            return documents(collection, request.withProjection(doc(parts[1])));
        }
        List<Value> ids = new ArrayList<>();
        documents(collection, request).forEach(found -> ids.add(((Document) found).get("_id")));
        ids.sort(ValueOrder.ASCENDING);
        return ArrayValue.of(ids);
    }

    private static ArrayValue distinct(String written, DocumentCollection collection) {
        String[] parts = written.split(" ", 2);
        List<Value> values = new ArrayList<>(collection.distinct(parts[0], doc(parts[1])));
        values.sort(ValueOrder.ASCENDING);
        return ArrayValue.of(values);
    }

    private static ArrayValue documents(DocumentCollection collection, FindRequest request) {
        List<Value> documents = new ArrayList<>();
        try (DocumentCursor cursor = collection.find(request.withSort(doc("{'_id': 1}")))) {
            cursor.forEachRemaining(documents::add);
        }
        return ArrayValue.of(documents);
    }

    /** The documents afterwards, without ids that were made. */
    private static ArrayValue changed(String written, boolean isUpsert, DocumentCollection into) {
        String[] parts = written.split(" ! ", 2);
        Value update = value(parts[1]);
        UpdateOptions options = UpdateOptions.DEFAULTS.withUpsert(isUpsert);
        boolean isReplacement =
                update instanceof Document document
                        && (document.isEmpty()
                                || !document.iterator().next().name().startsWith("$"));
        if (isReplacement) {
            into.replaceOne(doc(parts[0]), (Document) update, options);
        } else {
            into.updateOne(doc(parts[0]), update, options);
        }
        List<Value> after = new ArrayList<>();
        documents(into, FindRequest.of(Document.EMPTY))
                .forEach(document -> after.add(withoutNewId((Document) document)));
        return ArrayValue.of(after);
    }

    private static Value withoutNewId(Document document) {
        Value id = document.get("_id");
        return id instanceof ObjectId || id == Missing.INSTANCE
                ? document.without("_id")
                : document;
    }
}
