package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollectionSamplesTest {

    private static final int COUNT = 150;

    private final MemoryDirectory directory = new MemoryDirectory();
    private final DatabaseOptions options = DatabaseOptions.DEFAULTS;

    private void fill(int bytes) {
        String text = "x".repeat(bytes);
        List<Document> all = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            all.add(Document.builder().put("_id", id).put("text", text).build());
        }
        try (Smilodon smilodon = Smilodon.open(directory, options)) {
            smilodon.database("test").collection("c").insertMany(all, true);
        }
    }

    /** Of the largest documents too few would fit to say anything. */
    @ParameterizedTest
    @CsvSource({"100, true", "100000, true", "500000, false"})
    void samples_are_limited_in_bytes(int bytes, boolean isTaken) {
        fill(bytes);
        EmbeddedStore store = EmbeddedStore.open(directory, options.storage());
        try (Instance instance = Instance.start(store, directory, options);
                Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry = instance.catalog().collections(snapshot).get(0);
            CollectionSamples samples = instance.samples();

            assertEquals(isTaken, samples.of(entry, COUNT).isPresent());
            assertTrue(samples.bytes() <= CollectionSamples.BYTES_MAX, "" + samples.bytes());
            assertTrue(samples.bytes() >= (isTaken ? 10 * bytes : 0), "" + samples.bytes());
        }
    }
}
