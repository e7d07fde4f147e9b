package io.smilodon.engine.bucket;

import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Direction;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the buckets of a salvaged store in order: no id is given twice, and blobs whose bucket has
 * lost its name get a bucket {@code salvaged.bucket_} and their id. Not thread-safe.
 */
public final class BucketRescue {

    private static final String ORPHANS = "salvaged.bucket_";

    private int highestId;

    /** An entry that was found, copied or not: the id in it is not given again. */
    public void found(byte[] key, byte[] value) {
        highestId = Math.max(highestId, BucketKeys.idIn(key, value).orElse(0));
    }

    /**
     * Puts the copy in order, once everything is in it.
     *
     * @return the ids of all buckets, by name
     */
    public Map<String, Integer> arrange(KeyValueStore store) {
        try (Snapshot snapshot = store.snapshot();
                Transaction transaction = store.begin()) {
            Map<String, Integer> ids = named(snapshot);
            if (highestId > 0) {
                reserveIds(transaction);
            }
            nameOrphans(ids, snapshot, transaction);
            transaction.commit();
            return ids;
        }
    }

    private static Map<String, Integer> named(ReadView view) {
        Map<String, Integer> ids = new TreeMap<>();
        try (KeyCursor cursor = view.cursor(BucketKeys.names(""), Direction.FORWARD)) {
            while (cursor.advance()) {
                ids.put(BucketKeys.nameIn(cursor.key()), BucketKeys.id(cursor.value()));
            }
        }
        return ids;
    }

    private void reserveIds(Transaction transaction) {
        int next = BucketKeys.nextId(transaction);
        transaction.put(BucketKeys.COUNTER, BucketKeys.idBytes(Math.max(next, highestId + 1)));
    }

    /** Steps from bucket to bucket: one look-up each. */
    private static void nameOrphans(
            Map<String, Integer> ids, ReadView view, Transaction transaction) {
        Set<Integer> known = new HashSet<>(ids.values());
        OptionalInt next = BucketKeys.firstId(BucketKeys.allBlobs(), view);
        while (next.isPresent()) {
            int id = next.getAsInt();
            if (!known.contains(id)) {
                String name = freeName(id, ids);
                ids.put(name, id);
                transaction.put(BucketKeys.name(name), BucketKeys.idBytes(id));
            }
            next = BucketKeys.firstId(BucketKeys.blobsBehind(id), view);
        }
    }

    private static String freeName(int id, Map<String, Integer> taken) {
        String name = ORPHANS + id;
        while (taken.containsKey(name)) {
            name += "_";
        }
        return name;
    }
}
