package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Random operations through the facade against the same on a plain map. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FacadeModelTest {

    private static final int STEPS = 250;
    private static final int IDS = 40;

    private static final List<String> INDEXES =
            List.of(
                    "{'key': {'a': 1}}",
                    "{'key': {'a': 1, 'x': -1}}",
                    "{'key': {'b.c': 1}, 'sparse': true}",
                    "{'key': {'x': -1, 'u': 1}}");

    private static final String UNIQUE = "{'key': {'u': 1}, 'unique': true, 'name': 'unique'}";

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final TreeMap<Integer, Document> model = new TreeMap<>();
    private boolean isUnique;
    private StorageDirectory directory = new FaultyDirectory();
    private Smilodon smilodon;
    private DocumentCollection collection;

    private void open() {
        smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS);
        collection = smilodon.database("d").collection("c");
    }

    @RepeatedTest(15)
    void the_facade_does_what_a_map_of_documents_does() {
        open();
        try {
            for (int step = 0; step < STEPS; step++) {
                int now = step;
                try {
                    step();
                } catch (AssertionError | SmilodonException wrong) {
                    throw new AssertionError("seed " + seed + " step " + now, wrong);
                }
            }
            checkAll();
        } finally {
            smilodon.close();
        }
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> insertOne();
            case 3 -> insertMany();
            case 4, 5 -> updateOne();
            case 6 -> updateMany();
            case 7 -> replaceOne();
            case 8 -> deleteOne();
            case 9 -> {
                if (random.nextInt(4) == 0) {
                    deleteMany();
                }
            }
            case 10 -> createIndex();
            case 11 -> dropIndex();
            case 12 -> {
                if (random.nextInt(5) == 0) {
                    reopen();
                }
            }
            default -> find();
        }
    }

    // ---- Random things

    private Value scalar() {
        return switch (random.nextInt(7)) {
            case 0 -> NullValue.INSTANCE;
            case 1 -> new StringValue("s" + random.nextInt(3));
            case 2 -> Value.of(random.nextInt(6) + 0.5);
            case 3 -> Value.of((double) random.nextInt(6));
            default -> Value.of(random.nextInt(6));
        };
    }

    private Value value() {
        if (random.nextInt(4) > 0) {
            return scalar();
        }
        List<Value> elements = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            elements.add(scalar());
        }
        return ArrayValue.of(elements);
    }

    private Document document(int id) {
        var builder = Document.builder().put("_id", id);
        if (random.nextInt(4) > 0) {
            builder.put("a", value());
        }
        if (random.nextInt(2) > 0) {
            builder.put("b", random.nextInt(4) == 0 ? value() : Document.of("c", scalar()));
        }
        builder.put("x", scalar());
        builder.put("u", random.nextInt(3) == 0 ? value() : Value.of(random.nextInt(200)));
        return builder.build();
    }

    private Document filter() {
        String path = List.of("a", "b.c", "u", "b", "x", "_id").get(random.nextInt(6));
        Value operand = scalar();
        Document test =
                switch (random.nextInt(6)) {
                    case 0 -> Document.of("$gt", operand);
                    case 1 -> Document.of("$lte", operand);
                    case 2 -> Document.of("$in", ArrayValue.of(operand, scalar()));
                    case 3 -> Document.of("$ne", operand);
                    case 4 -> Document.builder().put("$gte", operand).put("$lt", scalar()).build();
                    default -> Document.of("$eq", operand);
                };
        Document first = Document.of(path, test);
        return switch (random.nextInt(4)) {
            case 0 -> Document.of("$or", ArrayValue.of(first, Document.of("a", scalar())));
            case 1 -> path.equals("x") ? first : first.with("x", scalar());
            default -> first;
        };
    }

    private Document update() {
        return switch (random.nextInt(4)) {
            case 0 -> Document.of("$unset", Document.of("a", Value.of(1)));
            case 1 -> Document.of("$set", Document.of("b", Document.of("c", scalar())));
            default -> Document.of("$set", Document.of("a", value()));
        };
    }

    // ---- The unique index, naively

    private static List<Value> uniqueKeys(Document document) {
        return switch (document.get("u")) {
            case Missing missing -> List.of(NullValue.INSTANCE);
            case ArrayValue array ->
                    array.isEmpty() ? List.of(UndefinedValue.INSTANCE) : array.elements();
            case Value other -> List.of(other);
        };
    }

    private boolean collides(Document document, int ownId) {
        TreeSet<Value> keys = new TreeSet<>(ValueOrder.ASCENDING);
        keys.addAll(uniqueKeys(document));
        return model.entrySet().stream()
                .filter(entry -> entry.getKey() != ownId)
                .flatMap(entry -> uniqueKeys(entry.getValue()).stream())
                .anyMatch(keys::contains);
    }

    private boolean admits(Document document, int id) {
        return !isUnique || !collides(document, id);
    }

    private void assertDuplicate(Runnable write) {
        Json.assertCode(11000, write::run);
    }

    // ---- Steps

    private void insertOne() {
        int id = random.nextInt(IDS);
        Document document = document(id);
        if (model.containsKey(id) || !admits(document, id)) {
            assertDuplicate(() -> collection.insertOne(document));
        } else {
            collection.insertOne(document);
            model.put(id, document);
        }
    }

    private void insertMany() {
        boolean isOrdered = random.nextBoolean();
        List<Document> documents = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        boolean stopped = false;
        for (int position = 0; position < 6; position++) {
            int id = random.nextInt(IDS);
            Document document = document(id);
            documents.add(document);
            if (stopped) {
                continue;
            }
            if (model.containsKey(id) || !admits(document, id)) {
                failed.add(position);
                stopped = isOrdered;
            } else {
                model.put(id, document);
            }
        }
        InsertManyResult result = collection.insertMany(documents, isOrdered);
        assertEquals(failed, result.writeErrors().stream().map(WriteError::index).toList());
    }

    private void updateOne() {
        int id = random.nextInt(IDS);
        Document update =
                random.nextBoolean()
                        ? update()
                        : Document.of("$set", Document.of("u", Value.of(random.nextInt(200))));
        Document before = model.get(id);
        Document filter = Document.of("_id", Value.of(id));
        if (before == null) {
            assertEquals(0, collection.updateOne(filter, update).matchedCount());
            return;
        }
        Document after = applied(update, before);
        if (admits(after, id)) {
            assertEquals(1, collection.updateOne(filter, update).matchedCount());
            model.put(id, after);
        } else {
            assertDuplicate(() -> collection.updateOne(filter, update));
        }
    }

    private static Document applied(Document update, Document before) {
        return Update.parse(update).apply(before, UpdateContext.ofUpdate(new DateValue(0)));
    }

    private void updateMany() {
        Document filter = filter();
        Document update = update();
        Predicate predicate = PredicateParser.parse(filter);
        int matched = 0;
        for (var entry : model.entrySet()) {
            if (predicate.matches(entry.getValue())) {
                entry.setValue(applied(update, entry.getValue()));
                matched++;
            }
        }
        assertEquals(matched, collection.updateMany(filter, update).matchedCount());
    }

    private void replaceOne() {
        int id = random.nextInt(IDS);
        Document replacement = document(id);
        Document filter = Document.of("_id", Value.of(id));
        UpdateOptions upsert = UpdateOptions.DEFAULTS.withUpsert(true);
        if (admits(replacement, id)) {
            collection.replaceOne(filter, replacement, upsert);
            model.put(id, replacement);
        } else {
            assertDuplicate(() -> collection.replaceOne(filter, replacement, upsert));
        }
    }

    private void deleteOne() {
        int id = random.nextInt(IDS);
        long deleted = collection.deleteOne(Document.of("_id", Value.of(id))).deletedCount();
        assertEquals(model.remove(id) == null ? 0 : 1, deleted);
    }

    private void deleteMany() {
        Document filter = filter();
        Predicate predicate = PredicateParser.parse(filter);
        int before = model.size();
        model.values().removeIf(predicate::matches);
        assertEquals(before - model.size(), collection.deleteMany(filter).deletedCount());
    }

    private void createIndex() {
        if (random.nextBoolean()) {
            collection.createIndex(Json.doc(INDEXES.get(random.nextInt(INDEXES.size()))));
            return;
        }
        boolean isViolated =
                model.entrySet().stream()
                        .anyMatch(entry -> collides(entry.getValue(), entry.getKey()));
        if (isViolated) {
            assertDuplicate(() -> collection.createIndex(Json.doc(UNIQUE)));
        } else {
            collection.createIndex(Json.doc(UNIQUE));
            isUnique = true;
        }
    }

    private void dropIndex() {
        List<Document> indexes = collection.indexes();
        if (indexes.size() > 1 && random.nextInt(3) == 0) {
            Value name = indexes.get(1 + random.nextInt(indexes.size() - 1)).get("name");
            collection.dropIndex(name);
            isUnique &= !name.equals(new StringValue("unique"));
        }
    }

    private void reopen() {
        if (random.nextBoolean()) {
            smilodon.checkpoint();
        }
        smilodon.close();
        directory = ((FaultyDirectory) directory).afterCrash(CrashPolicy.DROP_ALL, seed);
        open();
        checkAll();
    }

    private void find() {
        Document filter = filter();
        Predicate predicate = PredicateParser.parse(filter);
        List<Document> expected = model.values().stream().filter(predicate::matches).toList();
        FindRequest request = FindRequest.of(filter).withSort(Json.doc("{'_id': 1}"));
        List<Document> found = new ArrayList<>();
        try (DocumentCursor cursor = collection.find(request)) {
            cursor.forEachRemaining(found::add);
        }
        assertEquals(expected, found, () -> Json.text(filter));
        assertEquals(expected.size(), collection.count(filter), () -> "count " + Json.text(filter));
    }

    private void checkAll() {
        assertEquals(List.of(), collection.verify());
        assertEquals(model.size(), collection.estimatedCount());
        try (DocumentCursor cursor = collection.find(Document.EMPTY)) {
            List<Document> found = new ArrayList<>();
            cursor.forEachRemaining(found::add);
            assertEquals(List.copyOf(model.values()), found);
        }
    }
}
