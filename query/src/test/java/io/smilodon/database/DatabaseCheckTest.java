package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Checks, salvage and scrubbing of directories whose contents contradict each other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseCheckTest {

    private static final int DOCUMENTS = 50;

    private final FaultyDirectory directory = new FaultyDirectory();

    @BeforeEach
    void fill() {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            DocumentCollection people = smilodon.database("test").collection("people");
            List<Document> many = new ArrayList<>();
            for (int id = 0; id < DOCUMENTS; id++) {
                many.add(Json.doc("{'_id': %d, 'age': %d}".formatted(id, id % 10)));
            }
            people.insertMany(many, true);
            people.createIndex(Json.doc("{'key': {'age': 1}, 'name': 'age_1'}"));
        }
    }

    private DatabaseCheckReport check() throws IOException {
        return DatabaseCheck.run(directory, Progress.SILENT);
    }

    /** Changes the store under the database. */
    private void change(BiConsumer<Snapshot, WriteBatch> change) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            WriteBatch batch = new WriteBatch();
            try (Snapshot snapshot = store.snapshot()) {
                change.accept(snapshot, batch);
            }
            store.write(batch);
        }
    }

    private static byte[] firstKey(Snapshot snapshot, int area) {
        KeyRange range = KeyRange.prefix(new byte[] {(byte) area});
        try (KeyCursor cursor = snapshot.cursor(range, Direction.FORWARD)) {
            assertTrue(cursor.advance());
            return cursor.key();
        }
    }

    private void assertFound(String what) throws IOException {
        DatabaseCheckReport report = check();
        assertFalse(report.isGood());
        assertTrue(
                report.findings().stream()
                        .anyMatch(
                                finding ->
                                        finding.found().contains(what)
                                                && finding.subject().contains("test.people")),
                () -> report.findings().toString());
    }

    @Test
    void a_good_database_is_counted() throws IOException {
        DatabaseCheckReport report = check();

        assertTrue(report.isGood(), () -> report.findings().toString());
        DatabaseCheckReport.CollectionCount count = report.collections().get(0);
        assertEquals(DOCUMENTS, count.documents());
        assertEquals(DOCUMENTS, count.entries());
        assertEquals(1, count.indexes());
    }

    @Test
    void a_missing_entry_is_found() throws IOException {
        change((snapshot, batch) -> batch.delete(firstKey(snapshot, 3)));
        assertFound("ENTRY_ABSENT");
    }

    @Test
    void decayed_files_of_a_search_index_are_found_and_mended() throws IOException {
        search();
        assertTrue(check().isGood());
        for (String name : directory.list()) {
            if (name.startsWith("lucene-") && !name.contains("segments")) {
                decay(name);
            }
        }
        assertFound("will be built anew");
        search();
        assertTrue(check().isGood());
    }

    private void search() {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            DocumentCollection people = smilodon.database("test").collection("people");
            if (people.searchIndexes().list().isEmpty()) {
                people.searchIndexes()
                        .create(Json.doc("{'definition': {'mappings': {'dynamic': true}}}"));
            }
            Document search = Json.doc("{'$search': {'exists': {'path': 'age'}}}");
            try (DocumentCursor found = people.aggregate(List.of(search))) {
                int count = 0;
                while (found.hasNext()) {
                    found.next();
                    count++;
                }
                assertEquals(DOCUMENTS, count);
            }
            assertEquals(List.of(), people.verify());
            assertTrue(smilodon.verify(Progress.SILENT).isGood());
        }
    }

    private void decay(String name) throws IOException {
        try (StorageFile file = directory.open(name)) {
            ByteBuffer first = ByteBuffer.allocate(1);
            file.readFully(first, file.length() / 2);
            first.put(0, (byte) ~first.get(0)).rewind();
            file.writeFully(first, file.length() / 2);
        }
    }

    @Test
    void documents_beside_a_partial_index_are_no_damage() throws IOException {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            smilodon.database("test")
                    .collection("people")
                    .createIndex(
                            Json.doc(
                                    "{'key': {'age': -1},"
                                            + " 'partialFilterExpression': {'age': {'$gt': 5}}}"));
            assertTrue(smilodon.verify(Progress.SILENT).isGood());
        }
        assertTrue(check().isGood());
    }

    @Test
    void a_superfluous_entry_is_found() throws IOException {
        change((snapshot, batch) -> batch.delete(firstKey(snapshot, 2)));
        assertFound("ENTRY_WITHOUT_DOCUMENT");
    }

    @Test
    void an_entry_that_its_document_does_not_give_is_found() throws IOException {
        change(
                (snapshot, batch) -> {
                    byte[] key = firstKey(snapshot, 2);
                    Document changed = Json.doc("{'_id': 0, 'age': 77}");
                    batch.put(key, DocumentCodec.encode(changed));
                });
        assertFound("ENTRY_WITHOUT_KEY");
        assertFound("ENTRY_ABSENT");
    }

    @Test
    void an_array_that_the_catalog_does_not_know_of_is_found() throws IOException {
        change(
                (snapshot, batch) ->
                        batch.put(
                                firstKey(snapshot, 2),
                                DocumentCodec.encode(Json.doc("{'_id': 0, 'age': [0, 1]}"))));
        assertFound("TRAITS_UNSTATED");
    }

    @Test
    void a_document_that_does_not_decode_is_found() throws IOException {
        change((snapshot, batch) -> batch.put(firstKey(snapshot, 2), new byte[] {(byte) 0xfa, 1}));
        assertFalse(check().isGood());
        change((snapshot, batch) -> batch.put(firstKey(snapshot, 2), new byte[0]));
        assertFalse(check().isGood());
    }

    @Test
    void a_document_under_another_id_is_found() throws IOException {
        change(
                (snapshot, batch) ->
                        batch.put(
                                firstKey(snapshot, 2),
                                DocumentCodec.encode(Json.doc("{'_id': 9, 'age': 0}"))));
        assertFound("its _id is not that of its key");
    }

    @Test
    void salvage_gives_orphaned_documents_a_collection_and_new_ids() throws IOException {
        change(
                (snapshot, batch) -> {
                    try (KeyCursor cursor =
                            snapshot.cursor(
                                    KeyRange.prefix(new byte[] {1, 2}), Direction.FORWARD)) {
                        assertTrue(cursor.advance());
                        batch.delete(cursor.key());
                    }
                    batch.delete(new byte[] {1, 0});
                });
        FaultyDirectory target = new FaultyDirectory();
        SalvageReport report = Salvage.run(directory, target, true, Progress.SILENT);

        assertTrue(report.losses().isEmpty());
        try (Smilodon smilodon = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            List<String> names = smilodon.databases().stream().map(DatabaseSummary::name).toList();
            assertTrue(names.contains("salvaged"), names::toString);
            smilodon.database("test").collection("fresh").insertOne(Json.doc("{'_id': 1}"));
        }
        DatabaseCheckReport checked = DatabaseCheck.run(target, Progress.SILENT);
        assertTrue(checked.isGood(), () -> checked.findings().toString());
        assertEquals(
                DOCUMENTS + 1,
                checked.collections().stream().mapToLong(count -> count.documents()).sum());
    }

    @Test
    void salvage_takes_no_name_that_a_collection_has() throws IOException {
        int users = 20;
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            for (int id = 1; id <= users; id++) {
                smilodon.database("salvaged")
                        .collection("collection_" + id)
                        .insertOne(Json.doc("{'_id': 'of a user'}"));
            }
        }
        change(
                (snapshot, batch) -> {
                    KeyRange entries = KeyRange.prefix(new byte[] {1, 2});
                    try (KeyCursor cursor = snapshot.cursor(entries, Direction.FORWARD)) {
                        while (cursor.advance()) {
                            if (new String(cursor.key(), StandardCharsets.UTF_8).contains("test")) {
                                batch.delete(cursor.key());
                            }
                        }
                    }
                });
        FaultyDirectory target = new FaultyDirectory();
        Salvage.run(directory, target, true, Progress.SILENT);
        try (Smilodon smilodon = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            for (int id = 1; id <= users; id++) {
                DocumentCollection ofUser =
                        smilodon.database("salvaged").collection("collection_" + id);
                assertEquals(1, ofUser.count(Json.doc("{'_id': 'of a user'}")));
            }
        }
        DatabaseCheckReport checked = DatabaseCheck.run(target, Progress.SILENT);
        assertTrue(checked.isGood(), () -> checked.findings().toString());
        assertEquals(
                DOCUMENTS + users,
                checked.collections().stream().mapToLong(count -> count.documents()).sum());
    }

    @Test
    void salvage_gives_no_id_of_a_search_index_twice() throws IOException {
        String search = "{'name': '%s', 'definition': {'mappings': {'dynamic': true}}}";
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            DocumentCollection people = smilodon.database("test").collection("people");
            people.searchIndexes().create(Json.doc(search.formatted("a")));
            people.searchIndexes().create(Json.doc(search.formatted("b")));
        }
        change((snapshot, batch) -> batch.delete(new byte[] {1, 0}));
        FaultyDirectory target = new FaultyDirectory();
        Salvage.run(directory, target, true, Progress.SILENT);
        try (Smilodon smilodon = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            DocumentCollection people = smilodon.database("test").collection("people");
            people.searchIndexes().create(Json.doc(search.formatted("c")));
            Set<Value> ids = new HashSet<>();
            people.searchIndexes().list().forEach(index -> ids.add(index.get("id")));
            assertEquals(3, ids.size(), ids::toString);
        }
    }
}
