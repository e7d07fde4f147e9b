package io.smilodon.engine.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.bucket.BlobWrite.Outcome;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Random work on buckets and on sorted maps must give the same answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketModelTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(6_000)
                    .withLogFileBytesMax(4_000)
                    .withSegmentCountMax(3);

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final Supplier<String> where = () -> "seed " + seed;
    private final MemoryDirectory directory = new MemoryDirectory();
    private final NavigableMap<String, NavigableMap<String, String>> model = new TreeMap<>();
    private KeyValueStore store = EmbeddedStore.open(directory, OPTIONS);
    private Buckets buckets = Buckets.open(store);

    @RepeatedTest(6)
    void buckets_answer_like_sorted_maps() {
        for (int step = 0; step < 500; step++) {
            switch (random.nextInt(20)) {
                case 0 -> store.checkpoint();
                case 1 -> reopen();
                case 2 -> drop();
                case 3, 4 -> compare();
                case 5, 6, 7 -> delete();
                case 8, 9 -> putConditionally();
                default -> put();
            }
        }
        compare();
        buckets.close();
    }

    private void reopen() {
        buckets.close();
        store = EmbeddedStore.open(directory, OPTIONS);
        buckets = Buckets.open(store);
    }

    private String name() {
        return "bucket" + random.nextInt(3);
    }

    private String key() {
        return random.ints(1 + random.nextInt(3), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String blob() {
        return "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 9_000 : 30));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put() {
        String name = name();
        String key = key();
        String blob = blob();
        buckets.bucket(name).put(key, utf8(blob));
        model.computeIfAbsent(name, absent -> new TreeMap<>()).put(key, blob);
    }

    private void putConditionally() {
        String name = name();
        String key = key();
        String blob = blob();
        boolean isThere = model.containsKey(name) && model.get(name).containsKey(key);
        boolean isWanted = random.nextBoolean();
        Outcome outcome =
                buckets.bucket(name)
                        .put(
                                utf8(key),
                                utf8(blob),
                                isWanted ? Precondition.PRESENT : Precondition.ABSENT)
                        .outcome();
        if (isThere != isWanted) {
            assertEquals(Outcome.PRECONDITION_FAILED, outcome, where);
            return;
        }
        assertEquals(isThere ? Outcome.REPLACED : Outcome.CREATED, outcome, where);
        model.computeIfAbsent(name, absent -> new TreeMap<>()).put(key, blob);
    }

    private void delete() {
        String name = name();
        String key = key();
        boolean isThere = model.containsKey(name) && model.get(name).remove(key) != null;
        try {
            buckets.bucket(name).delete(key);
            assertTrue(isThere, where);
        } catch (SmilodonException absent) {
            assertEquals(ErrorCode.NO_SUCH_KEY, absent.code(), where);
            assertEquals(false, isThere, where);
        }
    }

    private void drop() {
        String name = name();
        assertEquals(model.remove(name) != null, buckets.bucket(name).drop(), where);
    }

    private void compare() {
        assertEquals(List.copyOf(model.keySet()), buckets.names("", 10), where);
        String prefix = random.nextBoolean() ? "" : key().substring(0, 1);
        for (String name : model.keySet()) {
            Bucket bucket = buckets.bucket(name);
            NavigableMap<String, String> expected = new TreeMap<>(model.get(name));
            expected.keySet().removeIf(key -> !key.startsWith(prefix));
            List<String> listed = new ArrayList<>();
            Optional<byte[]> next = Optional.of(new byte[0]);
            while (next.isPresent()) {
                BlobPage page = bucket.list(utf8(prefix), next.get(), 1 + random.nextInt(5));
                page.entries()
                        .forEach(
                                entry ->
                                        listed.add(
                                                new String(entry.key(), StandardCharsets.UTF_8)));
                next = page.next();
            }
            assertEquals(List.copyOf(expected.keySet()), listed, where);
            expected.forEach(
                    (key, blob) ->
                            assertEquals(
                                    blob,
                                    new String(
                                            bucket.get(key).orElseThrow(), StandardCharsets.UTF_8),
                                    where));
        }
    }
}
