package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Who carries out what a stream tells has the collection, however often the stream is broken off
 * and resumed.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamModelTest {

    private static final int IDS = 12;
    private static final String[] FIELDS = {"a", "b", "c", "c.x", "c.y", "d"};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<Value, Document> copy = new HashMap<>();

    private Value id() {
        return Value.of(random.nextInt(IDS));
    }

    private Document document(Value id) {
        Document made = Document.of("_id", id);
        for (String name : List.of("a", "b", "d")) {
            if (random.nextBoolean()) {
                made = made.with(name, Value.of(random.nextInt(3)));
            }
        }
        return made.with("c", Document.of("x", Value.of(random.nextInt(3))));
    }

    private Document update() {
        String set = FIELDS[random.nextInt(FIELDS.length)];
        String other = FIELDS[random.nextInt(FIELDS.length)];
        Value number = Value.of(random.nextInt(3));
        Value value = set.equals("c") ? Document.of("x", number) : number;
        Document update = Document.of("$set", Document.of(set, value));
        return other.charAt(0) == set.charAt(0)
                ? update
                : update.with("$unset", Document.of(other, Value.of("")));
    }

    private void write(DocumentCollection collection) {
        Value id = id();
        Document byId = Document.of("_id", id);
        switch (random.nextInt(5)) {
            case 0 -> collection.deleteOne(byId);
            case 1 ->
                    collection.replaceOne(
                            byId, document(id), UpdateOptions.DEFAULTS.withUpsert(true));
            case 2 -> collection.updateMany(Document.of("_id", Document.of("$gte", id)), update());
            default -> collection.updateOne(byId, update());
        }
    }

    private void apply(Document event) {
        Value id = ((Document) event.get("documentKey")).get("_id");
        switch (((StringValue) event.get("operationType")).value()) {
            case "insert", "replace" -> copy.put(id, (Document) event.get("fullDocument"));
            case "delete" -> copy.remove(id);
            default -> {
                assertTrue(copy.containsKey(id), () -> "seed " + seed + ": " + event);
                copy.put(id, changed(copy.get(id), event));
            }
        }
    }

    private static Document changed(Document before, Document event) {
        Document description = (Document) event.get("updateDescription");
        Document after = before;
        for (Value path : (ArrayValue) description.get("removedFields")) {
            after = set(after, ((StringValue) path).value(), Optional.empty());
        }
        for (Field field : (Document) description.get("updatedFields")) {
            after = set(after, field.name(), Optional.of(field.value()));
        }
        return after;
    }

    private static Document set(Document document, String path, Optional<Value> value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return value.map(given -> document.with(path, given))
                    .orElseGet(() -> document.without(path));
        }
        String first = path.substring(0, dot);
        Document inner = document.get(first) instanceof Document present ? present : Document.EMPTY;
        return document.with(first, set(inner, path.substring(dot + 1), value));
    }

    /** Fields by name: a copy need not have their order. */
    private static Map<String, Value> sorted(Document document) {
        Map<String, Value> fields = new TreeMap<>();
        document.forEach(field -> fields.put(field.name(), field.value()));
        if (document.get("c") instanceof Document inner) {
            fields.put("c", Value.of(new TreeMap<>(sorted(inner)).toString()));
        }
        return fields;
    }

    @RepeatedTest(10)
    void a_copy_that_follows_the_stream_is_the_collection() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection collection = smilodon.database("d").collection("c");
            ChangeStream stream = collection.watch();
            for (int round = 0; round < 200; round++) {
                if (random.nextInt(4) == 0) {
                    smilodon.transaction(
                            transaction -> {
                                for (int write = random.nextInt(5); write >= 0; write--) {
                                    write(transaction.database("d").collection("c"));
                                }
                                return true;
                            });
                } else {
                    write(collection);
                }
                for (int read = random.nextInt(4); read > 0; read--) {
                    stream.poll().ifPresent(this::apply);
                }
                if (random.nextInt(5) == 0) {
                    Document token = stream.resumeToken();
                    stream.close();
                    stream =
                            collection.watch(
                                    List.of(), WatchOptions.DEFAULTS.withResumeAfter(token));
                }
            }
            Optional<Document> event = stream.poll();
            while (event.isPresent()) {
                apply(event.get());
                event = stream.poll();
            }
            stream.close();
            Map<Value, Map<String, Value>> expected = new HashMap<>();
            try (DocumentCursor cursor = collection.find(Document.EMPTY)) {
                cursor.forEachRemaining(found -> expected.put(found.get("_id"), sorted(found)));
            }
            Map<Value, Map<String, Value>> found = new HashMap<>();
            copy.forEach((id, document) -> found.put(id, sorted(document)));
            assertEquals(expected, found, "seed " + seed);
        }
    }
}
