package io.smilodon.engine.salvage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.CheckReport;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
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
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest that has lost its last edits, whichever they are: nothing else is lost with them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LostEditsTest {

    private static final int STEPS = 120;
    private static final Predicate<String> LOG = name -> name.endsWith(".log");

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final Map<String, String> model = new TreeMap<>();
    private final Map<String, byte[]> removed = new ConcurrentSkipListMap<>();
    private StorageOptions options;
    private FaultyDirectory image;
    private String firstOfRun = "";
    private byte[] manifest;
    private List<FrameMap.Place> edits;
    private long certain;

    private static StorageOptions options(boolean hasFeeds) {
        RetentionSettings retention = RetentionSettings.DEFAULTS.withHistoryMillis(0);
        return StorageOptions.DEFAULTS
                .withSegmentCountMax(2)
                .withLogFileBytesMax(2_000)
                .withRetention(hasFeeds ? retention : retention.withFeed(0, 0));
    }

    /** Commits, removals, retired prefixes, flushes, merges and openings. */
    private void fill(boolean hasFeeds) throws IOException {
        options = options(hasFeeds);
        FaultyDirectory living = new FaultyDirectory();
        Hoard hoard = new Hoard(living, removed);
        EmbeddedStore store = EmbeddedStore.open(hoard, options);
        try {
            int reopening = random.nextInt(STEPS);
            for (int step = 0; step < STEPS; step++) {
                change(store);
                if (step == reopening) {
                    store.close();
                    firstOfRun = newestName(living);
                    store = EmbeddedStore.open(hoard, options);
                }
            }
            image = living.afterCrash(CrashPolicy.KEEP_ALL, 1);
            living.resume();
        } finally {
            store.close();
        }
        manifest = image.bytes("MANIFEST");
        edits = FrameMap.of(manifest, 1);
        image.list().forEach(removed::remove);
    }

    private static String newestName(FaultyDirectory directory) throws IOException {
        return directory.list().stream()
                .filter(name -> Character.isDigit(name.charAt(0)))
                .max(String::compareTo)
                .orElse("");
    }

    private void change(EmbeddedStore store) {
        int kind = random.nextInt(20);
        String key = "p" + random.nextInt(4) + " " + random.nextInt(12);
        if (kind < 11) {
            String value = "value " + random.nextInt() + "x".repeat(random.nextInt(200));
            store.write(new WriteBatch().put(bytes(key), bytes(value)));
            model.put(key, value);
        } else if (kind < 16) {
            store.write(new WriteBatch().delete(bytes(key)));
            model.remove(key);
        } else if (kind < 17) {
            retire(store);
        } else if (kind < 19) {
            store.checkpoint();
        } else {
            store.compact(Progress.SILENT);
        }
    }

    /** A prefix is not used again once it is retired. */
    private void retire(EmbeddedStore store) {
        String prefix = "once " + random.nextInt() + " ";
        for (int number = 0; number < 3; number++) {
            store.write(new WriteBatch().put(bytes(prefix + number), bytes("short")));
        }
        store.checkpoint();
        try (Transaction transaction = store.begin()) {
            transaction.retire(bytes(prefix));
            transaction.commit();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private FaultyDirectory copy() {
        FaultyDirectory copy = image.afterCrash(CrashPolicy.KEEP_ALL, 1);
        image.resume();
        return copy;
    }

    private String where(String what) {
        return "seed " + seed + ", " + what;
    }

    /** Either it opens and has everything, or check says that it does not, and salvage has it. */
    private void assertNothingLost(FaultyDirectory cut, String what) throws IOException {
        CheckReport report = StoreChecker.check(cut, Progress.SILENT);
        Salvaged found = Salvaged.of(cut);
        model.forEach((key, value) -> assertEquals(value, found.values().get(key), where(what)));
        assertNoneIsBack(found, what);
        certain += found.values().size() - found.suspects().size();
        boolean isOpening = true;
        try (EmbeddedStore store = EmbeddedStore.open(cut, options)) {
            assertEquals(model, contents(store), where(what));
        } catch (SmilodonException refused) {
            isOpening = false;
        }
        assertEquals(isOpening, report.isGood(), () -> where(what) + ": " + report.findings());
        if (!isOpening) {
            assertFalse(found.losses().isEmpty(), where(what));
        }
    }

    private static Map<String, String> contents(EmbeddedStore store) {
        Map<String, String> contents = new TreeMap<>();
        try (Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.advance()) {
                String key = new String(cursor.key(), StandardCharsets.UTF_8);
                if (!key.startsWith("once")) {
                    contents.put(key, new String(cursor.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return contents;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_cut_manifest_costs_no_key(boolean hasFeeds) throws IOException {
        fill(hasFeeds);
        for (FrameMap.Place edit : edits) {
            FaultyDirectory cut = copy();
            cut.replace("MANIFEST", Arrays.copyOf(manifest, edit.end()));
            assertNothingLost(cut, "cut after edit " + edit.lsn());
        }
        assertTrue(certain > 0, where("all suspect"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_damaged_edit_costs_no_key(boolean hasFeeds) throws IOException {
        fill(hasFeeds);
        for (FrameMap.Place edit : edits.subList(1, edits.size())) {
            byte[] bad = manifest.clone();
            bad[edit.headerEnd()] ^= 1;
            FaultyDirectory damaged = copy();
            damaged.replace("MANIFEST", bad);
            assertNothingLost(damaged, "edit " + edit.lsn() + " damaged");
        }
    }

    /** A file stays for as long as somebody reads it, or until the next opening. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_back_in_files_that_should_be_gone_is_suspect(boolean hasFeeds) throws IOException {
        fill(hasFeeds);
        for (FrameMap.Place edit : edits) {
            FaultyDirectory cut = copy();
            cut.replace("MANIFEST", Arrays.copyOf(manifest, edit.end()));
            leave(cut);
            assertNothingLost(cut, "files left, cut after edit " + edit.lsn());
        }
    }

    /** It cannot be read, so it may be what the lost edits have put in the place of others. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_that_may_be_lost_with_the_edits_is_not_deleted(boolean hasFeeds)
            throws IOException {
        fill(hasFeeds);
        int refusals = 0;
        for (FrameMap.Place edit : edits) {
            for (String name : unnamedAfter(edit)) {
                FaultyDirectory cut = copy();
                cut.replace("MANIFEST", Arrays.copyOf(manifest, edit.end()));
                byte[] content = cut.bytes(name);
                content[placeOfDamage(name.endsWith(".log"), content.length)] ^= 1;
                cut.replace(name, content);
                refusals += opens(cut, "cut after " + edit.lsn() + ", damaged " + name) ? 0 : 1;
            }
        }
        int edited = edits.size(); // few if it was opened again just before
        assertTrue(refusals > 0 || edited < 20, where("all opened, cut after each of " + edited));
    }

    private List<String> unnamedAfter(FrameMap.Place edit) throws IOException {
        FaultyDirectory cut = copy();
        cut.replace("MANIFEST", Arrays.copyOf(manifest, edit.end()));
        Set<String> named = Manifest.read(cut).orElseThrow().state().names();
        return cut.list().stream()
                .filter(name -> name.endsWith(".log") || name.endsWith(".segment"))
                .filter(name -> !named.contains(name))
                .toList();
    }

    /** In the header of a file, or in what tells how new it is. */
    private int placeOfDamage(boolean isLog, int length) {
        boolean isHeader = random.nextBoolean();
        int inPayload = Math.min(FileHeader.BYTES + 50, length - 1);
        int inFooter = length - 1 - random.nextInt(84);
        return isHeader ? random.nextInt(FileHeader.BYTES) : isLog ? inPayload : inFooter;
    }

    /** If it does, nothing is missing; if not, nothing was deleted, and salvage tells of it. */
    private boolean opens(FaultyDirectory cut, String what) throws IOException {
        List<String> before = cut.list();
        try (EmbeddedStore store = EmbeddedStore.open(cut, options)) {
            assertEquals(model, contents(store), where(what));
            return true;
        } catch (SmilodonException refused) {
            assertEquals(before, cut.list(), where(what));
            assertFalse(Salvaged.of(cut).losses().isEmpty(), where(what));
            assertFalse(StoreChecker.check(cut, Progress.SILENT).isGood(), where(what));
            return false;
        }
    }

    /** Whether it was acknowledged nothing shows; an opening tells of it, too. */
    @Test
    void the_torn_end_of_a_log_is_told_of() throws IOException {
        fill(true);
        String last = image.list().stream().filter(LOG).max(String::compareTo).orElseThrow();
        for (boolean isNamed : new boolean[] {true, false}) {
            FaultyDirectory torn = copy();
            byte[] content = torn.bytes(last);
            long first = ByteBuffer.wrap(content).getLong(FileHeader.BYTES + Long.BYTES);
            List<FrameMap.Place> frames = FrameMap.of(content, first);
            if (!frames.isEmpty()) {
                content[frames.getLast().headerEnd()] ^= 1;
                torn.replace(last, content);
                if (!isNamed) {
                    torn.replace("MANIFEST", Arrays.copyOf(manifest, edits.getFirst().end()));
                }
                assertTrue(
                        Salvaged.of(torn).losses().stream()
                                .anyMatch(loss -> loss.file().equals(last) && isTorn(loss)),
                        where(isNamed + " " + last));
            }
        }
    }

    private static boolean isTorn(Loss loss) {
        return loss.what().contains("a torn end");
    }

    /** Logs go one after the other; any segments may stay, of this run or of an earlier one too. */
    private void leave(FaultyDirectory cut) {
        List<String> names = removed.keySet().stream().toList();
        String first = random.nextInt(3) > 0 ? firstOfRun : "";
        String firstLog = random.nextBoolean() ? names.get(random.nextInt(names.size())) : "no log";
        for (String name : names) {
            boolean isLeft =
                    name.endsWith(".log") ? name.compareTo(firstLog) >= 0 : random.nextBoolean();
            if (isLeft && name.compareTo(first) >= 0) {
                cut.replace(name, removed.get(name));
            }
        }
    }

    /**
     * What a second fault hides is told of, too: no value is old and no key gone without a word.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void damage_beside_lost_edits_is_told_of(boolean hasFeeds) throws IOException {
        fill(hasFeeds);
        String lastLog = image.list().stream().filter(LOG).max(String::compareTo).orElseThrow();
        List<String> names =
                image.list().stream()
                        .filter(name -> LOG.test(name) || name.endsWith(".segment"))
                        .filter(name -> !name.equals(lastLog)) // its end may look torn
                        .toList();
        for (FrameMap.Place edit : edits) {
            FaultyDirectory cut = copy();
            cut.replace("MANIFEST", Arrays.copyOf(manifest, edit.end()));
            String name = names.get(random.nextInt(names.size()));
            byte[] content = cut.bytes(name);
            int from = random.nextInt(content.length);
            int to = Math.min(content.length, from + 1 + random.nextInt(600));
            for (int at = from; at < to; at++) {
                content[at] ^= (byte) (1 + random.nextInt(255));
            }
            cut.replace(name, content);
            assertHonest(
                    Salvaged.of(cut), "cut after " + edit.lsn() + ", " + name + " from " + from);
        }
    }

    private void assertHonest(Salvaged found, String what) {
        for (String key : model.keySet()) {
            String got = found.values().get(key);
            boolean isTold =
                    got == null
                            ? found.losses().stream().anyMatch(loss -> loss.mayHold(bytes(key)))
                            : found.suspects().contains(key);
            assertTrue(
                    model.get(key).equals(got) || isTold,
                    () -> where(what) + ": " + key + " is " + got + found.losses());
        }
        assertNoneIsBack(found, what);
    }

    private void assertNoneIsBack(Salvaged found, String what) {
        for (String key : found.values().keySet()) {
            assertTrue(
                    model.containsKey(key) || found.suspects().contains(key),
                    () -> where(what) + ": back without a word: " + key + found.losses());
        }
    }

    /** What it removed may have been dropped, and nothing tells how far it went. */
    @Test
    void what_stands_before_a_log_that_is_gone_is_suspect() throws IOException {
        FaultyDirectory living = new FaultyDirectory();
        options = options(false).withSegmentCountMax(100);
        int known;
        List<String> early;
        try (EmbeddedStore store = EmbeddedStore.open(new Hoard(living, removed), options)) {
            store.write(new WriteBatch().put(bytes("a"), bytes("1")));
            store.checkpoint();
            known = FrameMap.of(living.bytes("MANIFEST"), 1).getLast().end();
            store.write(new WriteBatch().put(bytes("b"), bytes("2")));
            store.checkpoint();
            early = living.list();
            store.write(new WriteBatch().delete(bytes("b")));
            store.checkpoint();
            store.compact(Progress.SILENT);
        }
        image = living.afterCrash(CrashPolicy.KEEP_ALL, 1); // closed, so that all logs are gone
        byte[] whole = image.bytes("MANIFEST");
        FaultyDirectory cut = copy();
        cut.replace("MANIFEST", Arrays.copyOf(whole, known));
        for (String name : early) {
            if (name.endsWith(".segment") && removed.containsKey(name)) {
                cut.replace(name, removed.get(name));
            }
        }
        Salvaged found = Salvaged.of(cut);
        assertEquals(Set.of("a", "b"), found.values().keySet());
        assertEquals(Set.of("a", "b"), found.suspects());
    }
}
