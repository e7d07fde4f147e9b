package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.CollectionSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Samples of collections for the planner: some hundred documents from places all over a collection.
 * Taken when somebody first plans by it, and again when half of the collection has been written
 * since. That takes some milliseconds; who comes meanwhile plans by what there was. What is kept is
 * limited in bytes: of large documents fewer are taken. Thread-safe.
 */
final class CollectionSamples {

    /** Of smaller collections nothing need be known. */
    static final int DOCUMENTS_MIN = 100;

    private static final int PLACES = 100;
    private static final int DOCUMENTS = 500;

    /** Of what all places give; the first document of each may be larger than its share. */
    private static final long SHARES_BYTES = 1 << 20;

    /** Of one sample. */
    static final long BYTES_MAX = 4 << 20;

    /** Fewer documents say less than a guess. */
    private static final int SAMPLE_COUNT_MIN = 10;

    /** Samples that are kept at once. */
    private static final int SAMPLES_MAX = 64;

    /** Of all samples that are kept. */
    private static final long BYTES_OF_ALL_MAX = 64 << 20;

    private final KeyValueStore store;
    private final CollectionSizes sizes;
    private final Map<Integer, Sampled> samples = new ConcurrentHashMap<>();
    private final AtomicBoolean isTaking = new AtomicBoolean();

    /**
     * A sample and the writes that had been counted when it was taken.
     *
     * @param isTold whether estimates by it have turned out wrong
     */
    private record Sampled(Taken taken, long documents, long writes, boolean isTold) {

        boolean isRecent(long documentsNow, long writesNow) {
            long changes = Math.max(Math.abs(documentsNow - documents), writesNow - writes);
            return changes <= documents / (isTold ? 8 : 2);
        }
    }

    /**
     * What was read.
     *
     * @param bytes of the documents in the store
     */
    private record Taken(CollectionSample sample, long bytes) {

        static final Taken NOTHING = new Taken(new CollectionSample(List.of()), 0);
    }

    CollectionSamples(KeyValueStore store, CollectionSizes sizes) {
        this.store = store;
        this.sizes = sizes;
    }

    /**
     * @param documents about how many there are now
     * @return empty if the collection is small or its documents cannot be seen from outside a
     *     transaction
     */
    Optional<CollectionSample> of(CollectionEntry entry, long documents) {
        if (documents <= DOCUMENTS_MIN) {
            return Optional.empty();
        }
        Sampled known = samples.get(entry.id());
        long writes = sizes.writes(entry.id());
        boolean isRecent = known != null && known.isRecent(documents, writes);
        if (!isRecent && isTaking.compareAndSet(false, true)) {
            try {
                known = new Sampled(take(entry), documents, writes, false);
                if (samples.size() >= SAMPLES_MAX || bytes() >= BYTES_OF_ALL_MAX) {
                    samples.clear();
                }
                samples.put(entry.id(), known);
            } finally {
                isTaking.set(false);
            }
        }
        return Optional.ofNullable(known).map(s -> s.taken.sample).filter(s -> !s.isEmpty());
    }

    /** An estimate was far from what there was: the next sample comes after fewer writes. */
    void tellWrong(int collectionId) {
        samples.computeIfPresent(
                collectionId,
                (id, known) -> new Sampled(known.taken, known.documents, known.writes, true));
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        samples.remove(collectionId);
    }

    /** What the samples take that are kept. */
    long bytes() {
        return samples.values().stream().mapToLong(sampled -> sampled.taken.bytes).sum();
    }

    private Taken take(CollectionEntry entry) {
        KeyRange all = KeyRange.prefix(Keyspace.documents(entry.id()));
        try (Snapshot snapshot = store.snapshot()) {
            List<byte[]> places = snapshot.places(all, PLACES);
            if (places.isEmpty()) {
                return Taken.NOTHING;
            }
            Taking taking = new Taking(places.size());
            for (KeyRange part : parts(places, all)) {
                try (KeyCursor cursor = snapshot.cursor(part, Direction.FORWARD)) {
                    taking.add(cursor);
                }
            }
            return taking.taken();
        }
    }

    /** From place to place, in no order: if not all get their turn, those that do lie all over. */
    private static List<KeyRange> parts(List<byte[]> places, KeyRange all) {
        List<KeyRange> parts = new ArrayList<>();
        for (int at = 0; at < places.size(); at++) {
            byte[] end = at + 1 < places.size() ? places.get(at + 1) : all.to();
            parts.add(new KeyRange(places.get(at), end));
        }
        Collections.shuffle(parts, new Random(0));
        return parts;
    }

    /** Collects the documents of one sample. Not thread-safe. */
    private static final class Taking {

        private final int countEach;
        private final long bytesEach;
        private final List<Document> documents = new ArrayList<>();
        private long bytes;

        Taking(int places) {
            this.countEach = Math.ceilDiv(DOCUMENTS, places);
            this.bytesEach = SHARES_BYTES / places;
        }

        /** One document of each place, however large, as long as there is room. */
        void add(KeyCursor cursor) {
            long seen = 0;
            for (int count = 0; count < countEach && seen < bytesEach; count++) {
                if (bytes >= BYTES_MAX || !cursor.advance()) {
                    return;
                }
                int length = cursor.value().length;
                seen += length;
                if (bytes + length <= BYTES_MAX) {
                    bytes += length;
                    documents.add(DocumentCodec.decode(cursor.value()));
                }
            }
        }

        Taken taken() {
            return documents.size() < SAMPLE_COUNT_MIN
                    ? Taken.NOTHING
                    : new Taken(new CollectionSample(documents), bytes);
        }
    }
}
