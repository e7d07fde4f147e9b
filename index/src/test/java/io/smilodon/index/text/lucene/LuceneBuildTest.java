package io.smilodon.index.text.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A build of several parts, which a loss of power cuts short. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LuceneBuildTest {

    /** Two parts. */
    private static final int COUNT = 25_000;

    private static final int CRASHES = Integer.getInteger("smilodon.lucene.build.crashes", 1);

    @Test
    void a_build_goes_on_from_its_last_part_and_is_exact() throws IOException {
        FaultyDirectory whole = new FaultyDirectory();
        long before = load(whole);
        build(whole);
        long all = whole.operations() - before;
        int resumed = 0;
        for (int crash = 1; crash <= CRASHES; crash++) {
            long operations = before + all * (4L * crash - 1) / (4L * CRASHES);
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            load(directory);
            build(directory);
            FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 7L + operations);
            resumed += isUnfinished(left) ? 1 : 0;
            checkAfterChanges(left);
        }
        assertTrue(resumed > 0);
    }

    /** Returns the operations that it takes. */
    private static long load(FaultyDirectory directory) {
        try (KeyValueStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
                Transaction transaction = store.begin()) {
            for (int id = 0; id < COUNT; id++) {
                String word = id % 100 == 0 ? "ape" : "dog";
                LuceneIndexesTest.put(transaction, id, word);
            }
            transaction.commit();
        }
        return directory.operations();
    }

    private static void build(FaultyDirectory directory) {
        try (KeyValueStore store = EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
                LuceneIndexes indexes = new LuceneIndexes(store, directory);
                Snapshot view = store.snapshot()) {
            LuceneIndexesTest.found(indexes, view, "ape");
        } catch (SmilodonException stopped) {
            assertTrue(directory.operations() > 0);
        }
    }

    private static boolean isUnfinished(FaultyDirectory left) throws IOException {
        try (LuceneDirectory files = WrittenIndex.files(left, LuceneIndexesTest.INDEX)) {
            if (!DirectoryReader.indexExists(files)) {
                return false;
            }
            try (DirectoryReader reader = DirectoryReader.open(files)) {
                return reader.numDocs() > 0
                        && reader.getIndexCommit().getUserData().containsKey("position");
            }
        }
    }

    /** What changes before the build goes on lies in front of its last part and behind it. */
    private static void checkAfterChanges(FaultyDirectory left) {
        try (KeyValueStore store = EmbeddedStore.open(left, StorageOptions.DEFAULTS)) {
            try (Transaction transaction = store.begin()) {
                for (int id = 50; id < COUNT; id += 1_000) {
                    LuceneIndexesTest.put(transaction, id, "ape bee");
                    transaction.delete(LuceneIndexesTest.key(id + 50));
                }
                transaction.commit();
            }
            try (LuceneIndexes indexes = new LuceneIndexes(store, left);
                    Snapshot view = store.snapshot()) {
                for (String word : LuceneIndexesTest.WORDS.subList(0, 2)) {
                    assertEquals(
                            LuceneIndexesTest.expected(view, word),
                            LuceneIndexesTest.found(indexes, view, word),
                            word);
                }
            }
        }
    }
}
