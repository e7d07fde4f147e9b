package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.check.ScrubWatch;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.index.ordered.Disagreement;
import io.smilodon.index.ordered.DocumentSource;
import io.smilodon.index.ordered.IndexVerifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Holds some documents and some entries of every index against each other: a run of documents from
 * a random place on, and a run of entries. Not thread-safe.
 */
final class IndexSampling {

    private static final int SAMPLE_COUNT = 200;

    /** How many bytes behind those that all keys share are drawn. */
    private static final int DRAWN_BYTES = 8;

    private final ReadView view;
    private final Random random;
    private final ScrubWatch watch;
    private boolean goesOn = true;

    IndexSampling(ReadView view, Random random, ScrubWatch watch) {
        this.view = view;
        this.random = random;
        this.watch = watch;
    }

    void run() {
        for (CollectionEntry collection : new Catalog().collections(view)) {
            for (IndexEntry index : collection.indexes()) {
                if (goesOn && index.isReady()) {
                    check(collection, index);
                }
            }
        }
    }

    private void check(CollectionEntry collection, IndexEntry index) {
        String name = collection.namespace() + " index " + index.definition().name();
        KeyRange entries = KeyRange.prefix(Keyspace.indexEntries(index.definition().id()));
        try {
            IndexVerifier.Sample sample = new IndexVerifier.Sample(place(entries), SAMPLE_COUNT);
            for (Disagreement found :
                    IndexVerifier.sample(index.definition(), some(collection, index), view, sample)
                            .disagreements()) {
                watch.found(Finding.damage("", found.toString()).about(name));
            }
        } catch (SmilodonException damaged) {
            watch.found(Finding.of(damaged, "").about(name));
        }
    }

    private DocumentSource some(CollectionEntry collection, IndexEntry index) {
        return FilteredSource.of(index, new Some(collection));
    }

    /** A random key between the first and the last one of a range. */
    private byte[] place(KeyRange range) {
        Optional<byte[]> first = first(range, Direction.FORWARD);
        Optional<byte[]> last = first(range, Direction.BACKWARD);
        return first.isPresent() && last.isPresent()
                ? between(first.get(), last.get())
                : range.from();
    }

    private Optional<byte[]> first(KeyRange range, Direction direction) {
        try (KeyCursor cursor = view.cursor(range, direction)) {
            return cursor.advance() ? Optional.of(cursor.key()) : Optional.empty();
        }
    }

    private byte[] between(byte[] first, byte[] last) {
        int shared = Arrays.mismatch(first, last);
        if (shared < 0) {
            return first; // there is only one
        }
        BigInteger low = number(first, shared);
        BigInteger width = number(last, shared).subtract(low).add(BigInteger.ONE);
        BigInteger drawn = new BigInteger(Long.SIZE + Long.SIZE, random).mod(width).add(low);
        byte[] key = Arrays.copyOf(first, shared + DRAWN_BYTES);
        for (int at = 0; at < DRAWN_BYTES; at++) {
            int shift = Byte.SIZE * (DRAWN_BYTES - 1 - at);
            key[shared + at] = drawn.shiftRight(shift).byteValue();
        }
        return key;
    }

    private static BigInteger number(byte[] key, int from) {
        return new BigInteger(1, Arrays.copyOfRange(key, from, from + DRAWN_BYTES));
    }

    /** Some documents of a collection. */
    private final class Some implements DocumentSource {

        private final CollectionEntry collection;

        Some(CollectionEntry collection) {
            this.collection = collection;
        }

        @Override
        public void forEach(BiConsumer<byte[], Document> action) {
            KeyRange all = KeyRange.prefix(Keyspace.documents(collection.id()));
            KeyRange range = new KeyRange(place(all), all.to());
            int count = 0;
            try (KeyCursor cursor = view.cursor(range, Direction.FORWARD)) {
                while (goesOn && count < SAMPLE_COUNT && cursor.advance()) {
                    count++;
                    byte[] stored = cursor.value();
                    action.accept(Keyspace.idKey(cursor.key()), DocumentCodec.decode(stored));
                    goesOn = watch.read(stored.length);
                }
            }
        }

        @Override
        public Optional<Document> find(byte[] idKey) {
            return view.get(Keyspace.documentOfIdKey(collection.id(), idKey))
                    .map(stored -> decoded(stored.value()));
        }

        private Document decoded(byte[] stored) {
            goesOn = watch.read(stored.length);
            return DocumentCodec.decode(stored);
        }
    }
}
