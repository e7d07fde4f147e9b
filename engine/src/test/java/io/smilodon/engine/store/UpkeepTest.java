package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.compaction.LevelStatistics;
import io.smilodon.engine.testing.FaultyDirectory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpkeepTest {

    @ParameterizedTest
    @CsvSource({
        "64, 1000, 1000", // the settings'
        "64, 1024, 1024",
        "64, 1025, 1024", // sixteen memtables
        "1, 9223372036854775807, 16",
        "1, 15, 15",
        "576460752303423488, 1073741824, 1073741824", // 2^59: sixteen of them are no long
        "9223372036854775807, 1073741824, 1073741824",
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "576460752303423487, 9223372036854775807, 9223372036854775792", // the last that fits
        "576460752303423488, 9223372036854775807, 9223372036854775807"
    })
    void level_1_is_as_large_as_sixteen_memtables_at_most(
            long memtableBytes, long bytes, long expected) {
        assertEquals(expected, Upkeep.levelBytesBase(bytes, memtableBytes));
    }

    @Test
    void with_usual_memtables_it_is_as_large_as_the_settings_say() {
        long bytes = CompactionSettings.DEFAULTS.levelBytesBase();
        assertEquals(bytes, Upkeep.levelBytesBase(bytes, 64L << 20));
    }

    @Test
    void what_is_more_goes_to_level_2() {
        Random random = new Random(1);
        long memtableBytes = 10_000;
        StorageOptions options = StorageOptions.DEFAULTS.withMemtableBytesMax(memtableBytes);
        try (EmbeddedStore store = EmbeddedStore.open(new FaultyDirectory(), options)) {
            for (int number = 1; number <= 40; number++) {
                byte[] value = new byte[20_000];
                random.nextBytes(value); // or it would be packed
                store.write(new WriteBatch().put(new byte[] {(byte) number}, value));
                store.checkpoint();
            }
            store.awaitCompacted();
            List<LevelStatistics> levels = store.statistics().compaction().levels();
            assertTrue(levels.get(1).bytes() <= 16 * memtableBytes, () -> "levels: " + levels);
            assertTrue(levels.get(2).segmentCount() > 0, () -> "levels: " + levels);
        }
    }
}
