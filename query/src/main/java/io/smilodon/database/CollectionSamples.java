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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Samples of collections for the planner: some hundred documents from places all over a collection.
 * Taken when somebody first plans by it, and again when half of the collection has been written
 * since. That takes some milliseconds; who comes meanwhile plans by what there was. Thread-safe.
 */
final class CollectionSamples {

    /** Of smaller collections nothing need be known. */
    static final int DOCUMENTS_MIN = 100;

    private static final int PLACES = 100;
    private static final int DOCUMENTS = 500;
    private static final long BYTES_MAX = 1 << 20;

    /** Samples that are kept at once. */
    private static final int SAMPLES_MAX = 64;

    private final KeyValueStore store;
    private final CollectionSizes sizes;
    private final Map<Integer, Sampled> samples = new ConcurrentHashMap<>();
    private final AtomicBoolean isTaking = new AtomicBoolean();

    /**
     * A sample and the writes that had been counted when it was taken.
     *
     * @param isTold whether estimates by it have turned out wrong
     */
    private record Sampled(CollectionSample sample, long documents, long writes, boolean isTold) {

        boolean isRecent(long documentsNow, long writesNow) {
            long changes = Math.max(Math.abs(documentsNow - documents), writesNow - writes);
            return changes <= documents / (isTold ? 8 : 2);
        }
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
                if (samples.size() >= SAMPLES_MAX) {
                    samples.clear();
                }
                samples.put(entry.id(), known);
            } finally {
                isTaking.set(false);
            }
        }
        return Optional.ofNullable(known).map(Sampled::sample).filter(s -> !s.isEmpty());
    }

    /** An estimate was far from what there was: the next sample comes after fewer writes. */
    void tellWrong(int collectionId) {
        samples.computeIfPresent(
                collectionId,
                (id, known) -> new Sampled(known.sample, known.documents, known.writes, true));
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        samples.remove(collectionId);
    }

    private CollectionSample take(CollectionEntry entry) {
        KeyRange all = KeyRange.prefix(Keyspace.documents(entry.id()));
        List<Document> documents = new ArrayList<>();
        try (Snapshot snapshot = store.snapshot()) {
            List<byte[]> places = snapshot.places(all, PLACES);
            if (places.isEmpty()) {
                return new CollectionSample(List.of());
            }
            int each = Math.ceilDiv(DOCUMENTS, places.size());
            long bytesEach = BYTES_MAX / places.size();
            for (int at = 0; at < places.size(); at++) {
                byte[] end = at + 1 < places.size() ? places.get(at + 1) : all.to();
                KeyRange part = new KeyRange(places.get(at), end);
                try (KeyCursor cursor = snapshot.cursor(part, Direction.FORWARD)) {
                    add(documents, cursor, each, bytesEach);
                }
            }
        }
        return new CollectionSample(documents);
    }

    /** One document of each place in any case, however large. */
    private static void add(
            List<Document> documents, KeyCursor cursor, int countMax, long bytesMax) {
        long bytes = 0;
        for (int count = 0; count < countMax && bytes < bytesMax && cursor.advance(); count++) {
            bytes += cursor.value().length;
            documents.add(DocumentCodec.decode(cursor.value()));
        }
    }
}
