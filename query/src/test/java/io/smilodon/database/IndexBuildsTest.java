package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.BuildProgress;
import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.ForwardingDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.exec.OperationScope;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that the end of the process cuts short. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexBuildsTest {

    private static final Namespace FILMS = new Namespace("cinema", "films");
    private static final long SEED = 20_261_122;
    private static final int COUNT = 2_500;
    private static final int STEP = Integer.getInteger("smilodon.index.build.step", 3);
    private static final Document ON_A = doc("{'key': {'a': 1}}");

    private static Smilodon open(StorageDirectory directory) {
        return Smilodon.open(directory, DatabaseOptions.DEFAULTS);
    }

    private static DocumentCollection films(Smilodon smilodon) {
        return smilodon.database(FILMS.database()).collection(FILMS.collection());
    }

    private static void insert(Smilodon smilodon, int count) {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            documents.add(Document.builder().put("_id", id).put("a", id % 10).build());
        }
        films(smilodon).insertMany(documents, true);
    }

    /** Documents and a definition without entries, as a crash leaves them. */
    private static void leaveUnfinished(
            StorageDirectory directory, String specification, BuildProgress progress) {
        Catalog catalog = new Catalog();
        try (KeyValueStore store =
                        EmbeddedStore.open(directory, DatabaseOptions.DEFAULTS.storage());
                Transaction transaction = store.begin()) {
            CollectionEntry entry = catalog.find(FILMS, transaction).orElseThrow();
            int id = catalog.nextId(transaction);
            IndexDefinition index = IndexDefinition.parse(doc(specification)).withId(id);
            catalog.put(entry.withIndex(IndexEntry.building(index, FILMS)), transaction);
            catalog.recordBuild(id, progress, transaction);
            transaction.commit();
        }
    }

    private static BuildProgress left(StorageDirectory directory) {
        Catalog catalog = new Catalog();
        try (KeyValueStore store =
                        EmbeddedStore.open(directory, DatabaseOptions.DEFAULTS.storage());
                Snapshot snapshot = store.snapshot()) {
            Optional<IndexEntry> building =
                    catalog.find(FILMS, snapshot).orElseThrow().indexes().stream()
                            .filter(index -> !index.isReady())
                            .findFirst();
            return building.map(index -> catalog.buildProgress(index.definition().id(), snapshot))
                    .orElse(BuildProgress.NOTHING);
        }
    }

    /** Once the builds are over that began at the opening. */
    private static List<String> names(Smilodon smilodon) {
        films(smilodon).createIndex(doc("{'key': {'waits': 1}}"));
        return films(smilodon).indexes().stream()
                .map(index -> ((StringValue) index.get("name")).value())
                .filter(name -> !name.equals("waits_1"))
                .toList();
    }

    private static long countBy(Smilodon smilodon, String index, String filter) {
        FindRequest request = FindRequest.of(doc(filter)).withHint(new StringValue(index));
        return films(smilodon).count(request);
    }

    @Test
    void a_build_goes_on_after_a_crash_at_any_step_from_where_it_was() {
        FaultyDirectory whole = new FaultyDirectory();
        long before;
        try (Smilodon smilodon = open(whole)) {
            insert(smilodon, COUNT);
            before = whole.operations();
            films(smilodon).createIndex(ON_A);
        }
        boolean wentOn = false;
        for (long operations = before; operations < whole.operations(); operations += STEP) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            boolean isAcknowledged = build(directory);
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, SEED + operations);
            BuildProgress progress = left(left);
            wentOn |= progress.documents() > 0;
            assertTrue(progress.documents() <= COUNT);
            try (Smilodon recovered = open(left)) {
                List<String> names = names(recovered);
                assertTrue(!isAcknowledged || names.contains("a_1"));
                assertEquals(List.of(), films(recovered).verify());
                if (names.contains("a_1")) {
                    assertEquals(COUNT / 10, countBy(recovered, "a_1", "{'a': 3}"));
                }
                assertTrue(progress.documents() == 0 || names.contains("a_1"));
            }
        }
        assertTrue(wentOn);
    }

    private static boolean build(FaultyDirectory directory) {
        try (Smilodon smilodon = open(directory)) {
            insert(smilodon, COUNT);
            films(smilodon).createIndex(ON_A);
            return true;
        } catch (SmilodonException stopped) {
            return false;
        }
    }

    @Test
    void a_build_goes_on_behind_the_last_document_that_is_recorded() {
        FaultyDirectory directory = new FaultyDirectory();
        try (Smilodon smilodon = open(directory)) {
            insert(smilodon, COUNT);
        }
        byte[] last = KeyCodec.encode(Value.of(1_999));
        leaveUnfinished(directory, "{'key': {'a': 1}}", BuildProgress.NOTHING.plus(last, 2_000, 0));
        try (Smilodon smilodon = open(directory)) {
            assertEquals(List.of("_id_", "a_1"), names(smilodon));
            assertEquals(500, countBy(smilodon, "a_1", "{'a': {'$gte': 0}}"));
        }
    }

    @Test
    void what_a_build_cannot_finish_is_discarded() {
        FaultyDirectory directory = new FaultyDirectory();
        try (Smilodon smilodon = open(directory)) {
            insert(smilodon, 20);
        }
        leaveUnfinished(directory, "{'key': {'a': 1}, 'unique': true}", BuildProgress.NOTHING);
        try (Smilodon smilodon = open(directory)) {
            assertEquals(List.of("_id_"), names(smilodon));
            assertEquals(List.of(), films(smilodon).verify());
        }
    }

    /** Nobody would notice that the thread has gone, nor wait for its lock in vain. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_build_that_breaks_off_is_told_and_discarded_and_the_next_one_goes_on(boolean isError)
            throws IOException {
        FaultyDirectory filled = new FaultyDirectory();
        try (Smilodon smilodon = open(filled)) {
            for (int id = 0; id < 60; id++) {
                String text = "x".repeat(1_000) + id;
                films(smilodon).insertOne(doc("{'_id': " + id + ", 'a': '" + text + "'}"));
            }
        }
        leaveUnfinished(filled, "{'key': {'a': 1}}", BuildProgress.NOTHING);
        leaveUnfinished(filled, "{'key': {'b': 1}}", BuildProgress.NOTHING);
        boolean isOver = false;
        int breaks = 0;
        for (int reads = 0; !isOver; reads++) {
            FaultyDirectory copy = filled.state().afterKill();
            BreakingReads breaking = new BreakingReads(copy, reads, isError);
            List<String> told = new CopyOnWriteArrayList<>();
            try (LogEar hears = new LogEar(ResumedBuilds.class, told::add);
                    Smilodon smilodon = open(breaking)) {
                List<String> names = names(smilodon);
                isOver = !breaking.hasBroken();
                breaks += isOver ? 0 : 1;
                assertEquals(isOver ? 3 : 2, names.size(), "read " + reads + ": " + names);
                assertEquals(
                        isOver,
                        told.stream().noneMatch(message -> message.contains("broken")),
                        () -> hears + " " + told);
                assertEquals(List.of(), films(smilodon).verify());
            }
            try (Smilodon smilodon = open(copy)) {
                assertEquals(isOver ? 3 : 2, names(smilodon).size());
            }
        }
        assertTrue(breaks > 1, breaks + " reads that failed");
    }

    /** A directory of which one read of the builds' thread ends as nobody thought of. */
    private static final class BreakingReads extends ForwardingDirectory {

        private final AtomicInteger readsBefore;
        private final boolean isError;

        BreakingReads(StorageDirectory directory, int readsBefore, boolean isError) {
            super(directory);
            this.readsBefore = new AtomicInteger(readsBefore);
            this.isError = isError;
        }

        boolean hasBroken() {
            return readsBefore.get() < 0;
        }

        @Override
        public StorageFile open(String name) throws IOException {
            StorageFile file = super.open(name);
            return (StorageFile)
                    Proxy.newProxyInstance(
                            StorageFile.class.getClassLoader(),
                            new Class<?>[] {StorageFile.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().startsWith("read")) {
                                    passOrBreak();
                                }
                                return method.invoke(file, arguments);
                            });
        }

        private void passOrBreak() {
            boolean isBuilding = Thread.currentThread().getName().equals("smilodon-index-builds");
            if (isBuilding && readsBefore.getAndDecrement() == 0) {
                if (isError) {
                    throw new AssertionError("broken");
                }
                throw new IllegalStateException("broken");
            }
        }
    }

    /** Hears what a class tells the log. */
    private static final class LogEar extends Handler implements AutoCloseable {

        private final Logger logger;
        private final Consumer<String> listener;

        LogEar(Class<?> speaker, Consumer<String> listener) {
            this.logger = Logger.getLogger(speaker.getName());
            this.listener = listener;
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord told) {
            listener.accept(new SimpleFormatter().formatMessage(told));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void a_build_that_the_end_of_the_program_cuts_short_goes_on_at_the_next_opening() {
        FaultyDirectory directory = new FaultyDirectory();
        CompletableFuture<Void> building;
        try (Smilodon smilodon = open(directory)) {
            insert(smilodon, 20_000);
            building = CompletableFuture.runAsync(() -> buildUntilClosed(smilodon));
            Await.until("it is at work", () -> isAtWork(smilodon));
        }
        assertThrows(RuntimeException.class, building::join);
        assertTrue(left(directory).documents() > 0);
        try (Smilodon smilodon = open(directory)) {
            assertEquals(
                    Optional.of("all indexes already exist"),
                    films(smilodon).createIndex(ON_A).note());
            assertEquals(2_000, countBy(smilodon, "a_1", "{'a': 3}"));
            assertEquals(List.of(), films(smilodon).verify());
        }
    }

    /** Goes on behind the first part of the documents when the database is being closed. */
    private static void buildUntilClosed(Smilodon smilodon) {
        OperationScope operation = new OperationScope(0);
        operation.run(
                () -> {
                    OperationScope.followedBy(
                            progress -> Await.until("it is closed", () -> isClosed(smilodon)));
                    return films(smilodon).createIndex(ON_A);
                });
    }

    private static boolean isClosed(Smilodon smilodon) {
        try {
            films(smilodon).count(Document.EMPTY);
            return false;
        } catch (SmilodonException closed) {
            return true;
        }
    }

    private static boolean isAtWork(Smilodon smilodon) {
        String uses = Json.text(films(smilodon).aggregate(Json.docs("{'$indexStats': {}}")));
        return uses.contains("'building':true,'progress':{'documents':")
                && !uses.contains("'progress':{'documents':0");
    }
}
