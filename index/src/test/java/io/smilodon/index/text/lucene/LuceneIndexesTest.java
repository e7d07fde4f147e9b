package io.smilodon.index.text.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a Lucene index says is what the documents of the view say. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LuceneIndexesTest {

    private static final byte[] DOCUMENTS = {2, 0, 0, 0, 7};
    static final FollowedIndex INDEX = new FollowedIndex(9, DOCUMENTS, "words", new Words());
    private static final SearchAllowance UNHURRIED = () -> {};
    private static final String REFUSED = "ape refused";
    static final List<String> WORDS = List.of("ape", "bee", "cat", "dog");

    private final MemoryDirectory files = new MemoryDirectory();

    /** The field {@code t} by words. */
    private record Words() implements LuceneMapping {

        @Override
        public Analyzer analyzer() {
            return new WhitespaceAnalyzer();
        }

        @Override
        public List<IndexableField> fields(Document document) {
            String text = text(document);
            String term = text.equals(REFUSED) ? "x".repeat(40_000) : "x";
            return List.of(
                    new TextField("t", text, Field.Store.NO),
                    new StringField("u", term, Field.Store.NO));
        }
    }

    private static String text(Document document) {
        return ((StringValue) document.get("t")).value();
    }

    private KeyValueStore store() {
        return EmbeddedStore.open(files, StorageOptions.DEFAULTS);
    }

    static byte[] key(int id) {
        byte[] idKey = KeyCodec.encode(Value.of(id));
        return ByteBuffer.allocate(5 + idKey.length).put(DOCUMENTS).put(idKey).array();
    }

    static void put(Transaction into, int id, String text) {
        Document document = Document.builder().put("_id", id).put("t", text).build();
        into.put(key(id), DocumentCodec.encode(document));
    }

    private static void put(KeyValueStore store, int id, String text) {
        try (Transaction transaction = store.begin()) {
            put(transaction, id, text);
            transaction.commit();
        }
    }

    static Set<String> found(LuceneIndexes indexes, ReadView view, String word) {
        Set<String> ids = new TreeSet<>();
        try (ExactReader reader = indexes.open(INDEX, view, UNHURRIED)) {
            TermQuery query = new TermQuery(new Term("t", word));
            for (ScoreDoc hit : reader.searcher().search(query, 1_000).scoreDocs) {
                assertTrue(ids.add(KeyCodec.decode(reader.idKey(hit.doc)).toString()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return ids;
    }

    static Set<String> expected(ReadView view, String word) {
        Set<String> ids = new TreeSet<>();
        try (KeyCursor cursor = view.cursor(INDEX.range(), Direction.FORWARD)) {
            while (cursor.advance()) {
                Document document = DocumentCodec.decode(cursor.value());
                if (List.of(text(document).split(" ")).contains(word)) {
                    ids.add(document.get("_id").toString());
                }
            }
        }
        return ids;
    }

    private static void assertExact(LuceneIndexes indexes, ReadView view, String hint) {
        for (String word : WORDS) {
            assertEquals(expected(view, word), found(indexes, view, word), hint + ": " + word);
        }
    }

    private static void change(Transaction transaction, Random random) {
        for (int count = random.nextInt(4); count >= 0; count--) {
            int id = random.nextInt(30);
            if (random.nextInt(3) == 0) {
                transaction.delete(key(id));
            } else {
                String first = WORDS.get(random.nextInt(WORDS.size()));
                put(transaction, id, first + " " + WORDS.get(random.nextInt(WORDS.size())));
            }
        }
    }

    /** Snapshots old and new, transactions with own writes, and openings, in any order. */
    @Test
    void answers_are_exact_for_every_view() {
        for (int round = 0; round < Integer.getInteger("smilodon.lucene.rounds", 1); round++) {
            long seed = 1_000 + round;
            Random random = new Random(seed);
            for (int opening = 0; opening < 3; opening++) {
                try (KeyValueStore store = store();
                        LuceneIndexes indexes = new LuceneIndexes(store, files)) {
                    work(store, indexes, random, "seed " + seed);
                }
            }
        }
    }

    private static void work(
            KeyValueStore store, LuceneIndexes indexes, Random random, String hint) {
        Deque<Snapshot> old = new ArrayDeque<>();
        for (int step = 0; step < 40; step++) {
            try (Transaction transaction = store.begin()) {
                change(transaction, random);
                if (random.nextInt(4) == 0) {
                    assertExact(indexes, transaction, hint + " in a transaction");
                    try (Snapshot view = transaction.view()) {
                        assertExact(indexes, view, hint + " in a transaction's view");
                    }
                }
                transaction.commit();
            }
            if (random.nextInt(5) == 0) {
                old.add(store.snapshot());
            }
            if (random.nextInt(5) == 0 && !old.isEmpty()) {
                try (Snapshot view = old.remove()) {
                    assertExact(indexes, view, hint + " of the past");
                }
            }
        }
        old.forEach(Snapshot::close);
        try (Snapshot view = store.snapshot()) {
            assertExact(indexes, view, hint);
        }
    }

    @Test
    void goes_on_from_its_files_and_builds_anew_what_is_damaged() throws IOException {
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            put(store, 1, "ape");
            try (Snapshot view = store.snapshot()) {
                assertExact(indexes, view, "first");
            }
        }
        for (String name : files.list()) {
            if (name.startsWith("lucene-")) {
                files.delete(name);
                try (StorageFile garbage = files.create(name)) {
                    garbage.writeFully(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
                }
            }
        }
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            put(store, 2, "ape bee");
            try (Snapshot view = store.snapshot()) {
                assertExact(indexes, view, "after damage");
            }
        }
    }

    @Test
    void a_document_that_lucene_refuses_is_not_found_and_does_not_hide_others() {
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            put(store, 1, "ape");
            put(store, 2, REFUSED);
            try (Snapshot view = store.snapshot()) {
                assertEquals(Set.of("1"), found(indexes, view, "ape"), "built");
            }
            put(store, 1, REFUSED);
            put(store, 3, "ape");
            try (Snapshot view = store.snapshot()) {
                assertEquals(Set.of("3"), found(indexes, view, "ape"), "changed");
            }
            put(store, 2, "ape");
            try (Snapshot view = store.snapshot()) {
                assertEquals(Set.of("2", "3"), found(indexes, view, "ape"), "mended");
            }
        }
    }

    @Test
    void a_dropped_index_leaves_no_file() {
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            put(store, 1, "ape");
            try (Snapshot view = store.snapshot()) {
                assertExact(indexes, view, "before");
            }
            assertTrue(hasFiles());
            indexes.drop(INDEX.id());
            assertFalse(hasFiles());
        }
    }

    @Test
    void a_dropped_index_does_not_come_back_and_who_searches_it_goes_on() throws IOException {
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            put(store, 1, "ape");
            try (Snapshot view = store.snapshot();
                    ExactReader open = indexes.open(INDEX, view, UNHURRIED)) {
                assertTrue(indexes.isFilled(INDEX));
                indexes.drop(INDEX.id());
                assertEquals(1, open.searcher().count(new TermQuery(new Term("t", "ape"))));
                assertFalse(indexes.isFilled(INDEX));
                indexes.begin(INDEX);
                assertDropped(indexes, view);
            }
            indexes.dropOthers(Set.of(), INDEX.id() + 1);
            try (Snapshot view = store.snapshot()) {
                assertDropped(indexes, view);
            }
            assertFalse(hasFiles());
        }
    }

    private static void assertDropped(LuceneIndexes indexes, ReadView view) {
        SmilodonException dropped =
                assertThrows(
                        SmilodonException.class,
                        () -> indexes.open(INDEX, view, UNHURRIED).close());
        assertEquals(27, dropped.code().number());
    }

    /** Asked so often, it has had enough. */
    private static final class Patience implements SearchAllowance {

        private int left = Integer.MAX_VALUE;
        private long bytes;

        @Override
        public void check() {
            if (left-- == 0) {
                throw new SmilodonException(ErrorCode.MAX_TIME_EXPIRED, "enough");
            }
        }

        @Override
        public void reserve(long more) {
            bytes += more;
        }
    }

    @Test
    void a_search_is_asked_for_time_before_it_has_found_anything() throws IOException {
        Patience patience = new Patience();
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files)) {
            StringBuilder words = new StringBuilder();
            for (int i = 0; i < 1_000; i++) {
                words.append('a').append(i).append("z ");
            }
            put(store, 1, words.toString());
            put(store, 2, "ape");
            try (Snapshot view = store.snapshot();
                    ExactReader reader = indexes.open(INDEX, view, patience)) {
                Query all = MatchAllDocsQuery.INSTANCE;
                assertEquals(2, reader.searcher().count(all));
                patience.left = 5;
                WildcardQuery pattern = new WildcardQuery(new Term("t", "*z"));
                SmilodonException ended =
                        assertThrows(
                                SmilodonException.class, () -> reader.searcher().count(pattern));
                assertEquals(ErrorCode.MAX_TIME_EXPIRED, ended.code());
            }
        }
    }

    @Test
    void documents_of_a_transaction_count_as_memory_of_its_search() {
        Patience patience = new Patience();
        try (KeyValueStore store = store();
                LuceneIndexes indexes = new LuceneIndexes(store, files);
                Transaction transaction = store.begin()) {
            put(transaction, 1, "ape ".repeat(1_000));
            indexes.open(INDEX, transaction, patience).close();
            assertTrue(patience.bytes > 4_000, () -> "bytes " + patience.bytes);
        }
    }

    @Test
    void an_opening_deletes_the_files_of_unknown_indexes() {
        try (KeyValueStore store = store()) {
            try (LuceneIndexes indexes = new LuceneIndexes(store, files);
                    Snapshot view = store.snapshot()) {
                assertExact(indexes, view, "before");
            }
            try (LuceneIndexes indexes = new LuceneIndexes(store, files)) {
                indexes.dropOthers(Set.of(INDEX.id()), INDEX.id() + 1);
                assertTrue(hasFiles());
                indexes.dropOthers(Set.of(), INDEX.id() + 1);
                assertFalse(hasFiles());
            }
        }
    }

    private boolean hasFiles() {
        return files.list().stream().anyMatch(name -> name.startsWith("lucene-"));
    }
}
