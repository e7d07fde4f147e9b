package io.smilodon.index.text.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.FeedStart;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What happens beside searches: damage, errors and much writing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LuceneFollowerTest {

    private static final byte[] DOCUMENTS = {2, 0, 0, 0, 7};
    private static final String FATAL = "ape fatal";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final MemoryDirectory files = new MemoryDirectory();
    private final AtomicBoolean isFatal = new AtomicBoolean(true);
    private final FollowedIndex index = new FollowedIndex(9, DOCUMENTS, "words", new Words());

    /** The field {@code t} by words; one text ends in an error while it is fatal. */
    private final class Words implements LuceneMapping {

        @Override
        public Analyzer analyzer() {
            return new WhitespaceAnalyzer();
        }

        @Override
        public List<IndexableField> fields(Document document) {
            String text = ((StringValue) document.get("t")).value();
            if (text.equals(FATAL) && isFatal.get()) {
                throw new StackOverflowError("too deep");
            }
            return List.of(new TextField("t", text, Field.Store.NO));
        }
    }

    private static KeyValueStore store(StorageDirectory directory) {
        return EmbeddedStore.open(directory, StorageOptions.DEFAULTS);
    }

    /** Also on two threads at once. */
    private static synchronized void put(KeyValueStore store, int id, String text) {
        try (Transaction transaction = store.begin()) {
            LuceneIndexesTest.put(transaction, id, text);
            transaction.commit();
        }
    }

    /** How many documents have a word now. */
    private int count(LuceneIndexes indexes, KeyValueStore store, String word) {
        long start = System.nanoTime();
        try (Snapshot view = store.snapshot();
                ExactReader reader =
                        indexes.open(
                                index,
                                view,
                                () -> assertTrue(System.nanoTime() - start < PATIENCE_NANOS))) {
            return reader.searcher().count(new TermQuery(new Term("t", word)));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private int countInNewOpening(String word) {
        try (KeyValueStore store = store(files);
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            return count(indexes, store, word);
        }
    }

    @Test
    void searches_are_answered_while_writing_never_ends() {
        try (KeyValueStore store = store(files)) {
            Runnable writing = () -> put(store, 99, "bee");
            WatchedStore busy = new WatchedStore(store, writing);
            try (LuceneIndexes indexes = new LuceneIndexes(busy, files)) {
                for (int id = 1; id < 4; id++) {
                    put(store, id, "ape");
                    assertEquals(id, count(indexes, store, "ape"));
                }
            }
        }
    }

    @Test
    void nobody_waits_for_the_merge_of_segments() throws InterruptedException {
        MergeGate gate = new MergeGate(files);
        try (KeyValueStore store = store(files)) {
            try (LuceneIndexes indexes = new LuceneIndexes(store, gate)) {
                put(store, 0, "ape");
                for (int id = 1; !gate.isReached(); id++) {
                    assertTrue(id < 20, "nothing was merged");
                    put(store, id, manyWords(id));
                    assertEquals(1, count(indexes, store, "ape"));
                }
                put(store, 99, "bee");
                assertEquals(1, count(indexes, store, "bee"));
                gate.open();
            }
            assertEquals(1, countInFiles(store));
        }
    }

    /** So many that their merge does not stay in memory. */
    private static String manyWords(int id) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < 60_000; word++) {
            words.append(Integer.toHexString(word * 0x9E3779B1 ^ id * 0x85EBCA6B)).append(' ');
        }
        return words.toString();
    }

    @Test
    void an_error_is_told_to_who_waits_and_the_next_tries_again() {
        try (KeyValueStore store = store(files);
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            put(store, 1, "ape");
            assertEquals(1, count(indexes, store, "ape"));
            put(store, 2, FATAL);
            SmilodonException told =
                    assertThrows(SmilodonException.class, () -> count(indexes, store, "ape"));
            assertEquals(ErrorCode.INTERNAL_ERROR, told.code());
            isFatal.set(false);
            assertEquals(2, count(indexes, store, "ape"));
        }
    }

    /** Another word where the index has this one, as if the disk had decayed. */
    private int change(String from, String to) throws IOException {
        int changed = 0;
        for (String name : files.list()) {
            if (name.startsWith("lucene-")) {
                byte[] bytes = bytes(name);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                if (text.contains(from)) {
                    changed++;
                    files.delete(name);
                    try (StorageFile file = files.create(name)) {
                        byte[] other = text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
                        file.writeFully(ByteBuffer.wrap(other), 0);
                    }
                }
            }
        }
        return changed;
    }

    private byte[] bytes(String name) throws IOException {
        try (StorageFile file = files.open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.length());
            file.readFully(bytes, 0);
            return bytes.array();
        }
    }

    @Test
    void decayed_words_are_found_at_opening_and_built_anew() throws IOException {
        try (KeyValueStore store = store(files)) {
            put(store, 1, "ape");
        }
        assertEquals(1, countInNewOpening("ape"));
        assertTrue(change("ape", "apf") > 0);
        assertEquals(1, countInNewOpening("ape"));
    }

    @Test
    void what_a_search_cannot_read_is_checked_and_built_anew() throws IOException {
        try (KeyValueStore store = store(files)) {
            put(store, 1, "ape");
            assertEquals(1, countInFiles(store));
            try (LuceneIndexes indexes = new LuceneIndexes(store, files)) {
                assertEquals(1, count(indexes, store, "ape"));
                assertEquals(Optional.empty(), damage(indexes, store));
                assertTrue(change("ape", "apf") > 0);
                try (Snapshot view = store.snapshot();
                        ExactReader reader = indexes.open(index, view, () -> {})) {
                    SmilodonException told = reader.unreadable(new EOFException("gone"));
                    assertEquals(ErrorCode.INTERNAL_ERROR, told.code());
                }
                assertEquals(1, count(indexes, store, "ape"));
            }
            assertEquals(1, countInFiles(store));
        }
    }

    private Optional<String> damage(LuceneIndexes indexes, KeyValueStore store) {
        try (Snapshot view = store.snapshot()) {
            return indexes.damage(index, view, () -> {});
        }
    }

    @Test
    void damage_is_told_to_who_asks_for_it_and_mended() throws IOException {
        try (KeyValueStore store = store(files)) {
            put(store, 1, "ape");
            assertEquals(1, countInFiles(store));
            assertEquals(Optional.empty(), LuceneIndexes.damage(files, index.id(), () -> {}));
            assertTrue(change("ape", "apf") > 0);
            String told = LuceneIndexes.damage(files, index.id(), () -> {}).orElseThrow();
            assertTrue(told.contains("built anew"), told);
            assertEquals(Optional.empty(), LuceneIndexes.damage(files, 77, () -> {}));
            try (LuceneIndexes indexes = new LuceneIndexes(store, files)) {
                assertEquals(Optional.empty(), damage(indexes, store));
            }
            assertEquals(Optional.empty(), LuceneIndexes.damage(files, index.id(), () -> {}));
        }
    }

    private int countInFiles(KeyValueStore store) {
        try (LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            return count(indexes, store, "ape");
        }
    }

    @Test
    void an_index_without_changes_keeps_up_with_the_log() {
        try (KeyValueStore store = store(files)) {
            put(store, 1, "ape");
            assertEquals(1, countInFiles(store));
            long newest = 0;
            try (LuceneIndexes indexes = new LuceneIndexes(store, files)) {
                try (Transaction transaction = store.begin()) {
                    transaction.put(new byte[] {2, 0, 0, 0, 8, 1}, new byte[] {1});
                    transaction.commit();
                }
                assertEquals(1, count(indexes, store, "ape"));
                try (Snapshot view = store.snapshot()) {
                    newest = view.sequence();
                }
            }
            WatchedStore watched = new WatchedStore(store, () -> {});
            assertEquals(1, countInFiles(watched));
            FeedStart start = watched.starts().get(0);
            FeedToken token = ((FeedStart.AfterToken) start).token();
            assertEquals(newest, token.sequence());
        }
    }
}
