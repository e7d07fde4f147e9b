package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading all data again in the background. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScrubbingTest {

    private static final int DOCUMENTS = 600;
    private static final ScrubSettings ALWAYS = new ScrubSettings(1, 1_000_000_000);

    private final FaultyDirectory directory = new FaultyDirectory();

    private static DatabaseOptions with(ScrubSettings scrub) {
        return DatabaseOptions.DEFAULTS.withScrub(scrub);
    }

    private void fill() {
        try (Smilodon smilodon = Smilodon.open(directory, with(ScrubSettings.OFF))) {
            DocumentCollection people = smilodon.database("test").collection("people");
            Random random = new Random(1);
            List<Document> many = new ArrayList<>();
            for (int id = 0; id < DOCUMENTS; id++) {
                StringBuilder noise = new StringBuilder();
                for (int at = 0; at < 200; at++) {
                    noise.append((char) ('a' + random.nextInt(26)));
                }
                many.add(Json.doc("{'_id': %d, 'age': %d, 'x': '%s'}".formatted(id, id, noise)));
            }
            people.insertMany(many, true);
            people.createIndex(Json.doc("{'key': {'age': 1}, 'name': 'age_1'}"));
        }
    }

    /** Flips a bit in the middle of the largest segment; gives its name. */
    private String decay() throws IOException {
        String largest = "";
        for (String name : directory.list()) {
            boolean isLarger =
                    largest.isEmpty()
                            || directory.bytes(name).length > directory.bytes(largest).length;
            if (name.endsWith(".segment") && isLarger) {
                largest = name;
            }
        }
        byte[] content = directory.bytes(largest);
        content[content.length / 3] ^= 1;
        directory.replace(largest, content);
        return largest;
    }

    @Test
    void a_flipped_bit_is_found_and_named_while_all_else_can_be_read() throws IOException {
        fill();
        String decayed = decay();
        try (Smilodon smilodon = Smilodon.open(directory, with(ALWAYS))) {
            Await.until("it is found", () -> !smilodon.statistics().scrub().findings().isEmpty());
            Await.until("another pass is over", () -> smilodon.statistics().scrub().passes() > 1);

            ScrubStatistics scrub = smilodon.statistics().scrub();
            assertEquals(1, scrub.findings().size(), scrub::toString);
            Finding finding = scrub.findings().get(0);
            assertEquals(decayed, finding.file());
            assertTrue(finding.offset().isPresent());
            assertEquals("test.people", finding.subject());
            assertTrue(scrub.blocks() > 2 && scrub.bytes() > 10_000, scrub::toString);
            assertRestIsReadable(smilodon.database("test").collection("people"));
        }
    }

    /** Nobody would notice that the thread has gone. The second pass waits for the test. */
    @Test
    void a_pass_that_breaks_off_is_told_and_the_next_one_comes() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            AtomicInteger passes = new AtomicInteger();
            AtomicBoolean isSeen = new AtomicBoolean();
            KeyValueStore breaking =
                    (KeyValueStore)
                            Proxy.newProxyInstance(
                                    KeyValueStore.class.getClassLoader(),
                                    new Class<?>[] {KeyValueStore.class},
                                    (proxy, method, arguments) -> {
                                        if (method.getName().equals("scrub")) {
                                            if (passes.getAndIncrement() == 0) {
                                                throw new IllegalStateException("broken");
                                            }
                                            Await.until("the finding is seen", isSeen::get);
                                        }
                                        return method.invoke(store, arguments);
                                    });
            try (Scrubbing scrubbing = new Scrubbing(breaking, ALWAYS)) {
                scrubbing.start();
                Await.until("the second pass has begun", () -> passes.get() > 1);
                List<Finding> findings = scrubbing.statistics().findings();
                isSeen.set(true);
                assertTrue(findings.get(0).found().contains("broken"), findings::toString);
                Await.until("there are more passes", () -> passes.get() > 3);
                assertEquals(List.of(), scrubbing.statistics().findings());
            }
        }
    }

    private static void assertRestIsReadable(DocumentCollection people) {
        int found = 0;
        int damaged = 0;
        for (int id = 0; id < DOCUMENTS; id++) {
            Document filter = Json.doc("{'_id': %d}".formatted(id));
            try {
                assertTrue(people.findOne(filter).isPresent());
                found++;
            } catch (SmilodonException loss) {
                assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, loss.code());
                damaged++;
            }
        }
        assertTrue(damaged > 0 && damaged < 200 && found > DOCUMENTS / 2, found + "+" + damaged);
        people.insertOne(Json.doc("{'_id': 'new'}"));
        assertTrue(people.findOne(Json.doc("{'_id': 'new'}")).isPresent());
    }

    @Test
    void damage_that_is_gone_is_forgotten_after_the_next_pass() {
        ScrubFindings findings = new ScrubFindings();
        Finding one = Finding.damage("one", "rot");
        Finding two = Finding.damage("two", "rot");
        assertTrue(findings.add(one));
        assertTrue(findings.add(two));
        findings.passEnded();
        assertTrue(!findings.add(two), "known already");
        assertEquals(List.of(one, two), findings.known());
        findings.passEnded();
        assertEquals(List.of(two), findings.known());
        assertTrue(findings.add(one), "new again");
    }

    /** A sample of an index may read the block of documents that is known to be damaged. */
    @Test
    void damage_of_one_place_is_told_once_whoever_comes_by() {
        ScrubFindings findings = new ScrubFindings();
        Finding rot = Finding.damage("one", "rot").at(5);
        assertTrue(findings.add(rot.about("a collection")));
        assertFalse(findings.add(rot.about("an index")));
        assertTrue(findings.add(rot.at(6)));
        assertEquals(List.of(rot.about("a collection"), rot.at(6)), findings.known());
        findings.passEnded();
        assertFalse(findings.add(rot.about("an index")));
        findings.passEnded();
        assertEquals(List.of(rot.about("a collection")), findings.known());
    }

    @Test
    void the_pace_is_kept_and_closing_ends_it_at_once() {
        fill();
        ScrubSettings slow = new ScrubSettings(1, 20_000);
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            Scrubbing scrubbing = new Scrubbing(store, slow);
            long start = System.nanoTime();
            scrubbing.start();
            Await.until("there are blocks", () -> scrubbing.statistics().blocks() >= 3);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            long bytes = scrubbing.statistics().bytes();
            long closing = System.nanoTime();
            scrubbing.close();
            long closed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - closing);

            long lastBlock = 17_000; // what was read last has not been waited for yet
            assertTrue(bytes - lastBlock <= (seconds + 1) * 20_000, bytes + " in " + seconds);
            assertTrue(closed < 500, "closing took " + closed + " ms");
            assertEquals(0, scrubbing.statistics().passes());
        }
    }

    @Test
    void a_pass_ends_when_its_watch_says_so_and_when_the_store_is_closed() {
        fill();
        List<Long> blocks = new ArrayList<>();
        ScrubWatch once =
                new ScrubWatch() {
                    @Override
                    public boolean read(long bytes) {
                        blocks.add(bytes);
                        return false;
                    }

                    @Override
                    public void found(Finding finding) {
                        throw new AssertionError(finding);
                    }
                };
        EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
        try (store) {
            store.scrub(once);
            assertEquals(1, blocks.size());
        }
        assertEquals(
                ErrorCode.SHUTDOWN_IN_PROGRESS,
                assertThrows(SmilodonException.class, () -> store.scrub(once)).code());
    }

    /** Changes the store under the database. */
    private void delete(int area) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            WriteBatch batch = new WriteBatch();
            KeyRange range = KeyRange.prefix(new byte[] {(byte) area});
            try (Snapshot snapshot = store.snapshot();
                    KeyCursor cursor = snapshot.cursor(range, Direction.FORWARD)) {
                for (int count = 0; count < DOCUMENTS / 3; count++) {
                    assertTrue(cursor.advance());
                    batch.delete(cursor.key());
                }
            }
            store.write(batch);
        }
    }

    private List<Finding> sample() {
        List<Finding> found = new ArrayList<>();
        ScrubWatch watch =
                new ScrubWatch() {
                    @Override
                    public boolean read(long bytes) {
                        return true;
                    }

                    @Override
                    public void found(Finding finding) {
                        found.add(finding);
                    }
                };
        try (EmbeddedStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
                Snapshot snapshot = store.snapshot()) {
            for (int seed = 0; seed < 20; seed++) {
                new IndexSampling(snapshot, new Random(seed), watch).run();
            }
        }
        return found;
    }

    private void assertSampled(String kind) {
        List<Finding> found = sample();
        assertTrue(
                found.stream()
                        .anyMatch(
                                finding ->
                                        finding.found().contains(kind)
                                                && finding.subject()
                                                        .equals("test.people index age_1")),
                found::toString);
    }

    @Test
    void sampling_finds_entries_that_are_missing() {
        fill();
        delete(3);
        assertSampled("ENTRY_ABSENT");
    }

    @Test
    void sampling_finds_entries_that_no_document_has() {
        fill();
        delete(2);
        assertSampled("ENTRY_WITHOUT_DOCUMENT");
    }

    @Test
    void sampling_finds_nothing_wrong_with_a_good_database() {
        fill();
        assertEquals(List.of(), sample());
    }
}
