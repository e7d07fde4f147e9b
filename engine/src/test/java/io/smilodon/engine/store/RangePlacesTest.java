package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.MemoryDirectory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RangePlacesTest {

    private static final int KEYS = 40_000;
    private static final KeyRange RANGE = KeyRange.prefix(new byte[] {1});

    private static byte[] key(int area, int number) {
        return new byte[] {(byte) area, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    private static int number(byte[] key) {
        return (key[1] & 0xff) << 16 | (key[2] & 0xff) << 8 | key[3] & 0xff;
    }

    private static void fill(EmbeddedStore store) {
        WriteBatch batch = new WriteBatch();
        for (int number = 0; number < KEYS; number++) {
            batch.put(key(1, number), new byte[50]);
        }
        batch.put(key(2, 0), new byte[50]);
        store.write(batch);
    }

    private static void assertCutsEvenly(EmbeddedStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            List<byte[]> places = snapshot.places(RANGE, 50);
            assertTrue(places.size() >= 25 && places.size() <= 100, "places: " + places.size());
            int last = 0;
            for (byte[] place : places) {
                assertEquals(1, place[0]);
                int gap = number(place) - last;
                assertTrue(gap >= 0 && gap < KEYS / 10, "gap " + gap);
                last = number(place);
            }
            assertTrue(last > KEYS - KEYS / 10, "last " + last);
        }
    }

    @Test
    void places_cut_a_range_evenly_in_memory_and_on_disk() throws IOException {
        try (EmbeddedStore store =
                EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS)) {
            fill(store);
            assertCutsEvenly(store);

            store.checkpoint();

            assertCutsEvenly(store);
        }
    }

    @Test
    void an_empty_range_has_no_places() throws IOException {
        try (EmbeddedStore store =
                EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS)) {
            fill(store);
            try (Snapshot snapshot = store.snapshot()) {
                assertEquals(List.of(), snapshot.places(KeyRange.prefix(new byte[] {3}), 50));
            }
        }
    }
}
