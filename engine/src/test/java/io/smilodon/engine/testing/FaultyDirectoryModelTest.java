package io.smilodon.engine.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The directory that the crash tests trust, against a real one and against a naive model. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultyDirectoryModelTest {

    private static final int NAMES = 4;
    private static final int STEPS = 120;

    private final long seed = Seeds.next();

    /** Does random operations; what each gives, a value or the kind of its error, is its result. */
    private static final class Operations {

        private final StorageDirectory directory;
        private final Random random;
        private final Map<String, StorageFile> open = new HashMap<>();

        Operations(StorageDirectory directory, long seed) {
            this.directory = directory;
            this.random = new Random(seed);
        }

        private String name() {
            return "file" + random.nextInt(NAMES);
        }

        String next() {
            try {
                return step();
            } catch (IOException failure) {
                return failure.getClass().getSimpleName();
            }
        }

        private String step() throws IOException {
            String name = name();
            String other = name();
            int position = random.nextInt(3_000);
            byte[] bytes = new byte[random.nextInt(1_500)];
            random.nextBytes(bytes);
            int kind = random.nextInt(10);
            StorageFile file = open.get(name);
            switch (kind) {
                case 0 -> open.put(name, directory.create(name));
                case 1 -> directory.delete(name);
                case 2 -> directory.rename(name, other.equals(name) ? "other" : other);
                case 3 -> directory.sync();
                case 4 -> {
                    return directory.list().toString();
                }
                default -> {
                    return file == null ? "" : step(file, kind, bytes, position);
                }
            }
            return "";
        }

        private static String step(StorageFile file, int kind, byte[] bytes, int position)
                throws IOException {
            switch (kind) {
                case 5 -> file.sync();
                case 6 -> file.truncate(position);
                case 7 -> {
                    ByteBuffer target = ByteBuffer.allocate(700);
                    int count = file.read(target, position);
                    return count + Arrays.toString(target.array());
                }
                default -> file.writeFully(ByteBuffer.wrap(bytes), position);
            }
            return Long.toString(file.length());
        }
    }

    @RepeatedTest(20)
    void it_answers_like_a_real_directory(@TempDir Path path) throws IOException {
        Operations faulty = new Operations(new FaultyDirectory(), seed);
        Operations real = new Operations(FileDirectory.open(path), seed);
        for (int step = 0; step < STEPS; step++) {
            assertEquals(real.next(), faulty.next(), "seed " + seed + ", step " + step);
        }
    }

    /** Everything survives, or nothing since the syncs: both can be worked out by hand. */
    @RepeatedTest(20)
    void what_survives_is_what_was_synced_or_everything() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        Map<String, byte[]> durable = new TreeMap<>();
        Map<String, byte[]> synced = new TreeMap<>();
        Map<String, StorageFile> open = new TreeMap<>();
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            String name = "file" + random.nextInt(NAMES);
            if (!open.containsKey(name)) {
                open.put(name, directory.create(name));
                synced.put(name, new byte[0]);
            }
            byte[] bytes = new byte[random.nextInt(1_500)];
            random.nextBytes(bytes);
            open.get(name).writeFully(ByteBuffer.wrap(bytes), random.nextInt(3_000));
            if (random.nextInt(3) == 0) {
                open.get(name).sync();
                synced.put(name, directory.bytes(name));
                durable.computeIfPresent(name, (key, old) -> synced.get(name));
            }
            if (random.nextInt(9) == 0) {
                directory.sync();
                durable.clear();
                durable.putAll(synced);
            }
            DiskState state = directory.state();
            requireEqual(durable, state.image(change -> false));
            Map<String, byte[]> all = new TreeMap<>();
            for (String known : directory.list()) {
                all.put(known, directory.bytes(known));
            }
            requireEqual(all, state.image(change -> true));
        }
    }

    /** After a kill programs see what they saw, and a power loss leaves what it would have left. */
    @RepeatedTest(20)
    void the_death_of_a_process_changes_neither_what_is_seen_nor_what_is_durable()
            throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        Operations operations = new Operations(directory, seed);
        for (int step = 0; step < STEPS; step++) {
            operations.next();
            DiskState state = directory.state();
            FaultyDirectory killed = state.afterKill();
            assertEquals(directory.list(), killed.list(), "seed " + seed);
            for (String name : directory.list()) {
                assertArrayEquals(directory.bytes(name), killed.bytes(name), "seed " + seed);
            }
            for (CrashPolicy policy : CrashPolicy.values()) {
                assertEquals(
                        state.image(policy, step).fingerprint(),
                        killed.state().image(policy, step).fingerprint(),
                        () -> "seed " + seed + ", " + policy);
            }
        }
    }

    /** Nor does it matter for what is done later that some of it was done before a kill. */
    @RepeatedTest(20)
    void what_is_synced_after_a_kill_is_durable() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        Operations operations = new Operations(directory, seed);
        for (int step = 0; step < STEPS; step++) {
            operations.next();
        }
        FaultyDirectory killed = directory.state().afterKill();
        long before = killed.operations();
        killed.create("after").sync();
        killed.sync();
        assertTrue(killed.operations() > before, "seed " + seed);
        assertEquals(killed.list(), killed.state().image(change -> false).names(), "seed " + seed);
    }

    private void requireEqual(Map<String, byte[]> expected, DiskImage image) {
        String where = "seed " + seed;
        assertEquals(expected.keySet().toString(), image.names().toString(), where);
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, image.bytes(name), where));
    }

    /** A torn write leaves in each sector what it had or what it got, and nothing else changes. */
    @RepeatedTest(20)
    void every_sector_of_an_image_is_old_or_new() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        Random random = new Random(seed);
        StorageFile file = directory.create("a");
        byte[] old = new byte[8 * Sectors.BYTES];
        random.nextBytes(old);
        file.writeFully(ByteBuffer.wrap(old), 0);
        file.sync();
        directory.sync();
        byte[] written = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(written);
        int position = random.nextInt(1_000);
        file.writeFully(ByteBuffer.wrap(written), position);
        byte[] now = directory.bytes("a");
        DiskState state = directory.state();
        byte[] left = state.image(change -> random.nextBoolean()).bytes("a");
        for (int sector = 0; sector < 8; sector++) {
            int from = sector * Sectors.BYTES;
            int to = from + Sectors.BYTES;
            boolean isOld = Arrays.equals(old, from, to, left, from, to);
            boolean isNew = Arrays.equals(now, from, to, left, from, to);
            assertTrue(isOld || isNew, "seed " + seed + ", sector " + sector);
        }
    }
}
