package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.DescribedUpdate;
import io.smilodon.database.stream.RandomUpdates;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Who carries out what a stream tells has the databases: however often the stream is broken off and
 * resumed, the process ends and the machine loses its power.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeStreamModelTest {

    private static final int IDS = 8;
    private static final int ROUNDS = 120;
    private static final List<Namespace> NAMES =
            List.of(new Namespace("d", "a"), new Namespace("d", "b"), new Namespace("e", "a"));

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final RandomUpdates updates = new RandomUpdates(random);
    private final Map<Namespace, Map<Value, Document>> copy = new HashMap<>();
    private FaultyDirectory directory = new FaultyDirectory();
    private Smilodon smilodon;
    private ChangeStream stream;

    private void open(Optional<Document> token) {
        smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS);
        watch(token);
    }

    private void watch(Optional<Document> token) {
        WatchOptions options = WatchOptions.DEFAULTS.withExpandedEvents();
        stream = smilodon.watch(List.of(), token.map(options::withResumeAfter).orElse(options));
    }

    // ---- Changes

    private Namespace name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private DocumentCollection collection() {
        Namespace name = name();
        return smilodon.database(name.database()).collection(name.collection());
    }

    private void change() {
        switch (random.nextInt(16)) {
            case 0 -> collection().drop();
            case 1 -> rename();
            case 2 -> collection().createIndex(Json.doc("{'key': {'a': 1}}"));
            case 3 -> smilodon.dropDatabase(name().database());
            case 4, 5, 6 -> inTransaction();
            default -> write(collection());
        }
    }

    private void rename() {
        try {
            collection().rename(name(), random.nextBoolean());
        } catch (SmilodonException refused) {
            // It is not there, has that name, or another one has.
            assertTrue(
                    List.of(
                                    ErrorCode.NAMESPACE_NOT_FOUND,
                                    ErrorCode.NAMESPACE_EXISTS,
                                    ErrorCode.ILLEGAL_OPERATION)
                            .contains(refused.code()),
                    refused::getMessage);
        }
    }

    private void inTransaction() {
        smilodon.transaction(
                transaction -> {
                    for (int writes = random.nextInt(6); writes >= 0; writes--) {
                        Namespace name = name();
                        write(transaction.database(name.database()).collection(name.collection()));
                    }
                    return true;
                });
    }

    private void write(DocumentCollection collection) {
        Value id = Value.of(random.nextInt(IDS));
        Document byId = Document.of("_id", id);
        switch (random.nextInt(6)) {
            case 0 -> collection.deleteOne(byId);
            case 1, 2 ->
                    collection.replaceOne(
                            byId, updates.document(id), UpdateOptions.DEFAULTS.withUpsert(true));
            case 3 ->
                    collection.updateMany(
                            Document.of("_id", Document.of("$gte", id)), updates.update());
            default -> collection.updateOne(byId, updates.update());
        }
    }

    // ---- Following

    private static Namespace name(Value told) {
        Document name = (Document) told;
        return new Namespace(
                ((StringValue) name.get("db")).value(), ((StringValue) name.get("coll")).value());
    }

    private void follow(Document event) {
        String type = StreamEvents.type(event);
        if (type.equals("dropDatabase")) {
            String database = ((StringValue) ((Document) event.get("ns")).get("db")).value();
            assertTrue(copy.keySet().stream().noneMatch(name -> name.database().equals(database)));
            return;
        }
        Namespace name = name(event.get("ns"));
        switch (type) {
            case "create" -> assertTrue(copy.put(name, new HashMap<>()) == null, event::toString);
            case "drop" -> assertTrue(copy.remove(name) != null, event::toString);
            case "rename" -> copy.put(name(event.get("to")), copy.remove(name));
            case "createIndexes" -> assertTrue(copy.containsKey(name), event::toString);
            default -> followDocument(copy.get(name), type, event);
        }
    }

    private static void followDocument(
            Map<Value, Document> documents, String type, Document event) {
        Value id = ((Document) event.get("documentKey")).get("_id");
        switch (type) {
            case "insert", "replace" -> documents.put(id, (Document) event.get("fullDocument"));
            case "delete" -> documents.remove(id);
            default -> {
                Document before = documents.get(id);
                Document description = (Document) event.get("updateDescription");
                documents.put(id, DescribedUpdate.apply(before, description));
            }
        }
    }

    private void followAll() {
        StreamEvents.all(stream).forEach(this::follow);
    }

    // ---- Breaks

    private void breakOff() {
        Document token = stream.resumeToken();
        stream.close();
        switch (random.nextInt(3)) {
            case 0 -> watch(Optional.of(token));
            case 1 -> {
                smilodon.close();
                open(Optional.of(token));
            }
            default -> {
                FaultyDirectory left = directory.afterCrash(CrashPolicy.POSIX_RANDOM, seed);
                smilodon.close();
                directory = left;
                open(Optional.of(token));
            }
        }
    }

    private Map<Namespace, Object> contents() {
        Map<Namespace, Object> contents = new HashMap<>();
        for (DatabaseSummary database : smilodon.databases()) {
            Database own = smilodon.database(database.name());
            for (CollectionSummary summary : own.collections()) {
                Map<Value, Object> documents = new HashMap<>();
                DocumentCollection collection = own.collection(summary.name());
                try (DocumentCursor cursor = collection.find(Document.EMPTY)) {
                    cursor.forEachRemaining(
                            found ->
                                    documents.put(found.get("_id"), DescribedUpdate.sorted(found)));
                }
                contents.put(collection.namespace(), documents);
            }
        }
        return contents;
    }

    private Map<Namespace, Object> followed() {
        Map<Namespace, Object> contents = new HashMap<>();
        copy.forEach(
                (name, found) -> {
                    Map<Value, Object> documents = new HashMap<>();
                    found.forEach((id, one) -> documents.put(id, DescribedUpdate.sorted(one)));
                    contents.put(name, documents);
                });
        return contents;
    }

    @RepeatedTest(6)
    void a_copy_that_follows_the_stream_is_the_same() {
        open(Optional.empty());
        try {
            for (int round = 0; round < ROUNDS; round++) {
                change();
                for (int read = random.nextInt(4); read > 0; read--) {
                    stream.poll().ifPresent(this::follow);
                }
                if (random.nextInt(8) == 0) {
                    breakOff();
                }
                if (random.nextInt(10) == 0) {
                    smilodon.checkpoint();
                }
            }
            followAll();
            assertEquals(contents(), followed(), "seed " + seed);
        } catch (RuntimeException failure) {
            throw new AssertionError("seed " + seed, failure);
        } finally {
            stream.close();
            smilodon.close();
        }
    }
}
