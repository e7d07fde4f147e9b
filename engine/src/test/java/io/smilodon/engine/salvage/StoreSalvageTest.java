package io.smilodon.engine.salvage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.log.FrameMap;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.RetentionSettings;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreSalvageTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withSegmentCountMax(100)
                    .withLogFileBytesMax(60_000)
                    .withRetention(RetentionSettings.DEFAULTS.withFeed(0, 0));
    private static final StorageOptions KEEPING_LOGS =
            OPTIONS.withRetention(RetentionSettings.DEFAULTS);

    private FaultyDirectory directory;
    private final Map<String, String> model = new TreeMap<>();

    /** An old segment of many blocks, a newer one that overwrites and removes, and a log. */
    @BeforeEach
    void fill() {
        fill(OPTIONS);
    }

    private void fill(StorageOptions options) {
        model.clear();
        FaultyDirectory living = new FaultyDirectory();
        Random random = new Random(1);
        try (EmbeddedStore store = EmbeddedStore.open(living, options)) {
            for (int number = 0; number < 300; number++) {
                put(store, "key " + number, text(random, 600));
            }
            put(store, "gone 1", "x");
            store.checkpoint();
            for (int number = 0; number < 300; number += 3) {
                put(store, "key " + number, text(random, 600));
            }
            store.write(new WriteBatch().delete(bytes("key 1")));
            model.remove("key 1");
            try (Transaction transaction = store.begin()) {
                transaction.retire(bytes("gone"));
                transaction.commit();
            }
            model.remove("gone 1");
            store.checkpoint();
            for (int number = 0; number < 60; number++) {
                put(store, "log " + number, text(random, 2_000));
            }
            directory = living.afterCrash(CrashPolicy.KEEP_ALL, 1);
            living.resume();
        }
    }

    private void put(EmbeddedStore store, String key, String value) {
        store.write(new WriteBatch().put(bytes(key), bytes(value)));
        model.put(key, value);
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < length; index++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> files(String suffix) throws IOException {
        return directory.list().stream().filter(name -> name.endsWith(suffix)).toList();
    }

    /** Whatever is damaged: what is given is right or suspect, what is absent is named as lost. */
    private void assertHonest(Salvaged found, String where) {
        found.values()
                .forEach(
                        (key, value) ->
                                assertTrue(
                                        value.equals(model.get(key))
                                                || found.suspects().contains(key),
                                        () -> where + ": a wrong " + key));
        model.forEach(
                (key, value) ->
                        assertTrue(
                                found.values().containsKey(key)
                                        || found.losses().stream()
                                                .anyMatch(loss -> loss.mayHold(bytes(key))),
                                () -> where + ": a silent loss of " + key));
    }

    private Salvaged withFlipped(String name, int at) throws IOException {
        byte[] good = directory.bytes(name);
        byte[] bad = good.clone();
        bad[at] ^= 16;
        directory.replace(name, bad);
        Salvaged found = Salvaged.of(directory);
        directory.replace(name, good);
        return found;
    }

    @Test
    void of_a_whole_store_nothing_is_lost() throws IOException {
        Salvaged found = Salvaged.of(directory);

        assertEquals(model, found.values());
        assertEquals(Set.of(), found.suspects());
        assertEquals(List.of(), found.losses());
    }

    @Test
    void a_damaged_byte_of_a_segment_costs_at_most_the_keys_of_one_block() throws IOException {
        int losing = 0;
        for (String name : files(".segment")) {
            int length = directory.bytes(name).length;
            for (int at = 0; at < length; at += 997) {
                String where = name + " byte " + at;
                Salvaged found = withFlipped(name, at);
                assertHonest(found, where);
                assertFalse(found.losses().isEmpty(), where);
                Set<String> absent = new TreeSet<>(model.keySet());
                absent.removeAll(found.values().keySet());
                losing += absent.isEmpty() ? 0 : 1;
                assertTrue(absent.size() <= 40, () -> where + ": " + absent.size());
            }
        }
        assertTrue(losing > 20, "damaged blocks: " + losing);
    }

    @Test
    void a_damaged_index_filter_or_footer_costs_nothing() throws IOException {
        for (String name : files(".segment")) {
            int length = directory.bytes(name).length;
            for (int back : new int[] {2, 40, 84, 90, 150, 215, 240}) {
                Salvaged found = withFlipped(name, length - back);
                assertEquals(model, found.values(), name + " byte " + (length - back));
                assertFalse(found.losses().isEmpty());
            }
        }
    }

    @Test
    void a_damaged_frame_costs_one_commit_and_is_named_with_its_number() throws IOException {
        String name = files(".log").get(0);
        int end = 20_000;
        for (int at = 60; at < end; at += 499) {
            Salvaged found = withFlipped(name, at);
            String where = name + " byte " + at;
            assertHonest(found, where);
            assertTrue(found.values().size() >= model.size() - 1, where); // or it was a mark
            assertEquals(1, found.losses().size(), where);
            Loss.Commits commits = found.losses().get(0).commits().orElseThrow();
            assertEquals(commits.first(), commits.last(), where);
        }
    }

    @Test
    void a_missing_segment_makes_what_it_may_have_hidden_suspect() throws IOException {
        List<String> segments = files(".segment");
        directory.delete(segments.get(segments.size() - 1));

        Salvaged found = Salvaged.of(directory);

        assertHonest(found, "newer segment");
        assertTrue(found.suspects().contains("key 0"), "overwritten in what is lost");
        assertTrue(found.suspects().contains("key 1"), "removed in what is lost");
        assertFalse(found.suspects().contains("log 1"), "newer than what is lost");
    }

    @Test
    void without_a_manifest_everything_is_found_and_suspect() throws IOException {
        directory.delete("MANIFEST");

        Salvaged found = Salvaged.of(directory);

        assertEquals(model, found.values());
        assertEquals(model.keySet(), found.suspects());
    }

    @Test
    void kept_logs_give_back_what_a_missing_segment_had() throws IOException {
        fill(KEEPING_LOGS);
        List<String> segments = files(".segment");
        directory.delete(segments.get(segments.size() - 1));

        assertEquals(model, Salvaged.of(directory).values());
    }

    @Test
    void logs_that_a_cut_manifest_does_not_know_are_read_all_the_same() throws IOException {
        fill(KEEPING_LOGS);
        byte[] manifest = directory.bytes("MANIFEST");
        for (int at = 300; at < manifest.length; at += 41) {
            byte[] bad = manifest.clone();
            Arrays.fill(bad, at, bad.length, (byte) 0);
            directory.replace("MANIFEST", bad);
            assertHonest(Salvaged.of(directory), "cut at " + at);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void random_damage_anywhere_never_gives_a_wrong_value_silently(boolean keepsLogs)
            throws IOException {
        fill(keepsLogs ? KEEPING_LOGS : OPTIONS);
        List<String> names = directory.list();
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            FaultyDirectory damaged = directory.afterCrash(CrashPolicy.KEEP_ALL, seed);
            directory.resume();
            for (int times = 0; times < 4; times++) {
                String name = names.get(random.nextInt(names.size()));
                byte[] content = damaged.bytes(name);
                int from = random.nextInt(Math.max(1, content.length)); // a log may be new
                int to = Math.min(content.length, from + random.nextInt(3_000));
                for (int at = from; at < to; at++) {
                    content[at] = (byte) random.nextInt();
                }
                damaged.replace(name, content);
            }
            assertHonestTail(Salvaged.of(damaged), "seed " + seed);
        }
    }

    /** The end of the log may be cut without a trace: nothing proves that it had been synced. */
    private void assertHonestTail(Salvaged found, String where) {
        found.values()
                .forEach(
                        (key, value) ->
                                assertTrue(
                                        value.equals(model.get(key))
                                                || found.suspects().contains(key),
                                        () -> where + ": a wrong " + key));
    }

    @Test
    void a_store_that_opens_reads_the_same() throws IOException {
        Map<String, String> read = new TreeMap<>();
        Salvaged found = Salvaged.of(directory);
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
                Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.advance()) {
                String key = new String(cursor.key(), StandardCharsets.UTF_8);
                if (!key.startsWith("gone")) {
                    read.put(key, new String(cursor.value(), StandardCharsets.UTF_8));
                }
            }
        }
        assertEquals(read, found.values());
    }

    /**
     * What was removed stands in the first log, its removal in the second; neither in a segment.
     */
    private void fillAndRemove() throws IOException {
        FaultyDirectory living = new FaultyDirectory();
        RetentionSettings retention = KEEPING_LOGS.retention().withHistoryMillis(0);
        try (EmbeddedStore store =
                EmbeddedStore.open(living, KEEPING_LOGS.withRetention(retention))) {
            put(store, "stays", "1");
            put(store, "gone", "2");
            store.checkpoint();
            store.write(new WriteBatch().delete(bytes("gone")));
            store.compact(Progress.SILENT);
            directory = living.afterCrash(CrashPolicy.KEEP_ALL, 1);
            living.resume();
        }
        List<String> live = List.copyOf(Manifest.read(directory).orElseThrow().state().names());
        for (String name : files(".segment")) {
            if (!live.contains(name)) {
                directory.delete(name); // as is about to happen
            }
        }
    }

    /** Its frame need not be the first: a mark may stand before it. */
    private void damageRemoval() throws IOException {
        String log = files(".log").get(1);
        byte[] content = directory.bytes(log);
        content[new String(content, StandardCharsets.ISO_8859_1).indexOf("gone")] ^= 1;
        directory.replace(log, content);
    }

    private void assertGoneIsSuspect() throws IOException {
        Salvaged found = Salvaged.of(directory);
        assertEquals(Map.of("stays", "1", "gone", "2"), found.values());
        assertTrue(found.suspects().contains("gone"), () -> found.losses().toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_log_gives_for_a_lost_segment_is_suspect_if_a_later_frame_is_lost(boolean isThere)
            throws IOException {
        fillAndRemove();
        for (String name : files(".segment")) {
            directory.delete(name);
        }
        damageRemoval();
        if (!isThere) {
            directory.delete(files(".log").get(1));
        }
        assertGoneIsSuspect();
    }

    @Test
    void the_end_of_a_log_that_another_one_follows_is_not_torn_but_lost() throws IOException {
        fillAndRemove();
        byte[] manifest = directory.bytes("MANIFEST");
        int firstEdit = FrameMap.of(manifest, 1).getFirst().end();
        directory.replace("MANIFEST", Arrays.copyOf(manifest, firstEdit));
        damageRemoval();
        assertGoneIsSuspect();
    }
}
