package io.smilodon.index.text.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Lucene index after losses of power: it never keeps the store from opening, and is exact. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LuceneCrashTest {

    private static final int STEP = Integer.getInteger("smilodon.lucene.crash.step", 97);
    private static final int OPERATIONS_MAX = 400;

    @ParameterizedTest
    @ValueSource(strings = {"DROP_ALL", "POSIX_RANDOM"})
    void an_index_is_exact_after_every_stop(String policy) {
        for (int operations = 0; operations < OPERATIONS_MAX; operations += STEP) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            run(directory);
            FaultyDirectory left =
                    directory.afterCrash(CrashPolicy.valueOf(policy), 7L + operations);
            try (KeyValueStore store = EmbeddedStore.open(left, StorageOptions.DEFAULTS);
                    LuceneIndexes indexes = new LuceneIndexes(store, left);
                    Snapshot view = store.snapshot()) {
                for (String word : LuceneIndexesTest.WORDS) {
                    assertEquals(
                            LuceneIndexesTest.expected(view, word),
                            LuceneIndexesTest.found(indexes, view, word),
                            policy + " after " + operations + ": " + word);
                }
            }
        }
    }

    private static void run(FaultyDirectory directory) {
        try (KeyValueStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS)) {
            for (int opening = 0; opening < 3; opening++) {
                try (LuceneIndexes indexes = new LuceneIndexes(store, directory)) {
                    work(store, indexes, opening);
                }
            }
        } catch (SmilodonException | UncheckedIOException stopped) {
            return;
        }
    }

    private static void work(KeyValueStore store, LuceneIndexes indexes, int opening) {
        for (int step = 0; step < 4; step++) {
            try (Transaction transaction = store.begin()) {
                String word = LuceneIndexesTest.WORDS.get(step);
                LuceneIndexesTest.put(transaction, opening + step, word + " ape");
                transaction.delete(LuceneIndexesTest.key(step + 2));
                transaction.commit();
            }
            try (Snapshot view = store.snapshot()) {
                LuceneIndexesTest.found(indexes, view, "ape");
            }
        }
    }
}
