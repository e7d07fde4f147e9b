package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** The law of scans that jump from value to value: they find the values that a whole scan finds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DistinctAgreementTest {

    private static final int DOCUMENTS = 40;
    private static final int QUERIES = 30;
    private static final Document SCAN = Json.doc("{'$natural': 1}");
    private static final Comparator<Document> BY_ID =
            Comparator.comparing(group -> group.get("_id"), ValueOrder.ASCENDING);

    private long seed;
    private RandomQueries random;
    private DocumentCollection collection;

    @RepeatedTest(6)
    void jumping_finds_what_a_scan_finds() {
        seed = Seeds.next();
        random = new RandomQueries(seed);
        try (Smilodon smilodon = Smilodon.inMemory()) {
            collection = smilodon.database("d").collection("c");
            List<Document> keys = fill();
            for (int query = 0; query < QUERIES; query++) {
                Document key = keys.get(random.nextInt(keys.size()));
                check(key, random.chance(50) ? Document.EMPTY : random.filter());
            }
        }
    }

    private List<Document> fill() {
        List<Document> keys = new ArrayList<>(List.of(Json.doc("{'a': 1}")));
        for (int index = 0; index < 8; index++) {
            attempt(() -> keys.add(create(random.index())));
        }
        for (int id = 0; id < DOCUMENTS; id++) {
            Document document = random.document(id);
            attempt(() -> collection.insertOne(document));
        }
        return keys;
    }

    private Document create(Document specification) {
        collection.createIndex(specification);
        return (Document) specification.get("key");
    }

    /** Not every random index can be made, and not every index takes every document. */
    private static <T> Optional<T> attempt(Supplier<T> action) {
        try {
            return Optional.of(action.get());
        } catch (SmilodonException refused) {
            return Optional.empty();
        }
    }

    private void check(Document key, Document filter) {
        List<String> paths = new ArrayList<>();
        key.forEach(field -> paths.add(field.name()));
        String path = paths.get(random.nextInt(paths.size()));
        FindRequest request = FindRequest.of(filter);
        Optional<List<Value>> expected =
                attempt(() -> collection.distinct(path, request.withHint(SCAN)));
        expected.ifPresent(
                values ->
                        assertSame(
                                Comparator.comparing(value -> value, ValueOrder.ASCENDING),
                                values,
                                collection.distinct(path, request),
                                () -> "distinct " + path + " " + Json.text(filter)));
        if (paths.stream().noneMatch(name -> name.contains("$"))) {
            checkGroups(path, key, filter);
        }
    }

    private void checkGroups(String path, Document key, Document filter) {
        String group = "{'$group': {'_id': '$" + path + "'}}";
        checkGroups(List.of(match(filter), Json.doc(group)), BY_ID);
        boolean isReversed = random.chance(30);
        Document order = Document.EMPTY;
        for (Field field : key) {
            boolean isUp = field.value().equals(Value.of(1)) != isReversed;
            order = order.with(field.name(), Value.of(isUp ? 1 : -1));
        }
        Comparator<Document> inOrder = SortPattern.parse(order).comparator();
        for (String which : List.of("$first", "$last")) {
            String written =
                    "{'$group': {'_id': '$%s', 'v': {'%s': '$$ROOT'}}}".formatted(path, which);
            checkGroups(
                    List.of(match(filter), Document.of("$sort", order), Json.doc(written)),
                    BY_ID.thenComparing(found -> (Document) found.get("v"), inOrder));
        }
    }

    private static Document match(Document filter) {
        return Document.of("$match", filter);
    }

    private void checkGroups(List<Document> pipeline, Comparator<Document> order) {
        AggregateOptions scan = AggregateOptions.DEFAULTS.withHint(SCAN);
        Optional<List<Document>> expected = attempt(() -> groups(pipeline, scan));
        expected.ifPresent(
                groups ->
                        assertSame(
                                order,
                                groups,
                                groups(pipeline, AggregateOptions.DEFAULTS),
                                () -> Json.text(ArrayValue.of(pipeline))));
    }

    private List<Document> groups(List<Document> pipeline, AggregateOptions options) {
        try (DocumentCursor cursor = collection.aggregate(pipeline, options)) {
            List<Document> groups = new ArrayList<>();
            cursor.forEachRemaining(groups::add);
            groups.sort(BY_ID);
            return groups;
        }
    }

    private <T> void assertSame(
            Comparator<? super T> order, List<T> expected, List<T> found, Supplier<String> query) {
        boolean isSame = expected.size() == found.size();
        for (int at = 0; isSame && at < expected.size(); at++) {
            isSame = order.compare(expected.get(at), found.get(at)) == 0;
        }
        assertTrue(
                isSame,
                () ->
                        "seed %d: %s gives %s, a scan %s"
                                .formatted(seed, query.get(), found, expected));
    }
}
