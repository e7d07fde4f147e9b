package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlockKeysTest {

    private record Version(byte[] key, long sequence) {}

    /** Few and large entries, or many and small ones; keys that have much or little in common. */
    @RepeatedTest(40)
    void a_search_ends_where_a_walk_does() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<byte[]> keys = keys(random);
        List<Version> versions = versions(keys, random);
        Block block = block(versions, random);
        List<byte[]> sought = new ArrayList<>(keys);
        keys.forEach(key -> sought.add(Arrays.copyOf(key, key.length + 1)));
        keys.forEach(key -> sought.add(Arrays.copyOf(key, key.length / 2)));
        keys(random).forEach(sought::add);
        for (byte[] key : sought) {
            check(block, versions, key, seed);
        }
    }

    private static List<byte[]> keys(Random random) {
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        int count = 1 + random.nextInt(random.nextBoolean() ? 20 : 200);
        byte[] common = new byte[random.nextInt(100)];
        int letters = 1 + random.nextInt(4);
        int lengthMax = 1 + random.nextInt(30);
        for (int at = 0; at < count; at++) {
            byte[] key = Arrays.copyOf(common, common.length + 1 + random.nextInt(lengthMax));
            for (int index = common.length; index < key.length; index++) {
                key[index] = (byte) (random.nextInt(letters) * 85);
            }
            keys.add(key);
        }
        return new ArrayList<>(keys);
    }

    private static List<Version> versions(List<byte[]> keys, Random random) {
        List<Version> versions = new ArrayList<>();
        for (byte[] key : keys) {
            int count = random.nextInt(10) == 0 ? 1 + random.nextInt(40) : 1;
            for (int sequence = count; sequence > 0; sequence--) {
                versions.add(new Version(key, sequence));
            }
        }
        return versions;
    }

    private static Block block(List<Version> versions, Random random) {
        int valueLength = random.nextBoolean() ? random.nextInt(1500) : 0;
        BlockBuilder builder = new BlockBuilder();
        for (Version version : versions) {
            byte[] value = new byte[valueLength];
            Optional<byte[]> written =
                    random.nextInt(8) == 0 ? Optional.empty() : Optional.of(value);
            add(builder, new WrittenEntry(version.key, version.sequence, written));
        }
        return new Block(builder.finish().toBytes());
    }

    private static void check(Block block, List<Version> versions, byte[] key, long seed) {
        List<Version> rest =
                versions.stream()
                        .filter(version -> Arrays.compareUnsigned(version.key, key) >= 0)
                        .toList();
        BlockCursor search = new BlockCursor(block);
        boolean isThere = search.seek(key);
        assertEquals(!rest.isEmpty(), isThere, () -> "seed " + seed);
        for (Version version : rest) {
            assertArrayEquals(version.key, search.copyKey(), () -> "seed " + seed);
            assertEquals(version.sequence, search.sequence(), () -> "seed " + seed);
            search.advance();
        }
    }

    @Test
    void a_block_of_few_entries_is_known_whole() {
        BlockBuilder builder = new BlockBuilder();
        for (int number = 0; number < BlockKeys.ENTRIES_MAX; number++) {
            add(
                    builder,
                    new WrittenEntry(
                            new byte[] {2, 0, (byte) number}, 1, Optional.of(new byte[10])));
        }
        Block few = new Block(builder.finish().toBytes());
        assertEquals(7, few.keys().indexFor(new byte[] {2, 0, 7}));
        builder.clear();
        for (int number = 0; number <= BlockKeys.ENTRIES_MAX; number++) {
            add(
                    builder,
                    new WrittenEntry(
                            new byte[] {2, 0, (byte) number}, 1, Optional.of(new byte[10])));
        }
        Block more = new Block(builder.finish().toBytes());
        assertEquals(0, more.keys().indexFor(new byte[] {2, 0, 7}));
        assertEquals(
                2, more.keys().indexFor(new byte[] {2, 0, 2 * BlockBuilder.RESTART_INTERVAL + 1}));
    }

    private static void add(BlockBuilder builder, WrittenEntry entry) {
        entry.addTo(builder);
    }
}
