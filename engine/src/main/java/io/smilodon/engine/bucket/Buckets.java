package io.smilodon.engine.bucket;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.TransactionRunner;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The buckets of a store: the plain key-value API, for people who want just that. Thread-safe.
 *
 * <pre>{@code
 * try (Buckets buckets = Buckets.open(Path.of("data"))) {
 *     Bucket photos = buckets.bucket("photos");
 *     photos.put("lake.jpg", bytes);
 *     Optional<byte[]> lake = photos.get("lake.jpg");
 * }
 * }</pre>
 */
public final class Buckets implements AutoCloseable {

    /** How long a write that others outrun is run again before it fails. */
    public static final long CONFLICT_MILLIS_MAX = 10_000;

    private final KeyValueStore store;
    private final BlobWriter writer;

    private Buckets(KeyValueStore store, long conflictMillisMax) {
        this.store = store;
        this.writer = new BlobWriter(new TransactionRunner(store, conflictMillisMax));
    }

    /**
     * Opens or creates a data directory.
     *
     * @throws SmilodonException if another process holds it, if its files are damaged, or if a
     *     newer version wrote them
     */
    public static Buckets open(Path directory) {
        try {
            return open(EmbeddedStore.open(FileDirectory.open(directory), StorageOptions.DEFAULTS));
        } catch (IOException failure) {
            throw new SmilodonException(
                    ErrorCode.INTERNAL_ERROR,
                    "The data directory cannot be opened",
                    Map.of("directory", directory, "reason", failure.getMessage()),
                    failure);
        }
    }

    /** The buckets of an open store, which {@link #close} closes. */
    public static Buckets open(KeyValueStore store) {
        return open(store, CONFLICT_MILLIS_MAX);
    }

    /** The same, with another limit on the time that conflicts may take. */
    public static Buckets open(KeyValueStore store, long conflictMillisMax) {
        return new Buckets(store, conflictMillisMax);
    }

    /**
     * The bucket of this name, whether it exists or not: the first {@code put} creates it.
     *
     * @throws SmilodonException {@code InvalidNamespace} if no bucket can have this name
     */
    public Bucket bucket(String name) {
        return new Bucket(store, writer, name);
    }

    /**
     * The names of the buckets that exist, in order.
     *
     * @param after the name after which the list goes on; empty for its beginning
     * @param limit how many at most, 1 to {@link Limits#BUCKET_LIST_MAX}
     */
    public List<String> names(String after, int limit) {
        BucketKeys.checkLimit(limit);
        List<String> names = new ArrayList<>();
        try (Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(BucketKeys.names(after), Direction.FORWARD)) {
            while (names.size() < limit && cursor.advance()) {
                names.add(BucketKeys.nameIn(cursor.key()));
            }
        }
        return names;
    }

    @Override
    public void close() {
        store.close();
    }
}
