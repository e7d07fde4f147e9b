package io.smilodon.engine.bucket;

import io.smilodon.engine.Limits;
import io.smilodon.engine.bucket.BlobWrite.Outcome;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A named set of blobs, each under a key of its own. Keys are byte strings in unsigned order, 1 to
 * {@link Limits#BUCKET_KEY_BYTES_MAX} bytes; a text stands for its UTF-8. A write is atomic, and in
 * the log before anybody sees it. Arrays are copied on their way in and out. Thread-safe.
 *
 * <p>Errors, all {@link SmilodonException}: {@code BadValue} for an empty or over-long key, {@code
 * BSONObjectTooLarge} for a blob over {@link Limits#VALUE_BYTES_MAX}, {@code NoSuchKey} for what is
 * not there to be deleted; {@code OutOfDiskSpace}, {@code CommitOutcomeUnknown} and {@code
 * DataCorruptionDetected} are the disk's.
 */
public final class Bucket {

    private final KeyValueStore store;
    private final BlobWriter writer;
    private final String name;

    Bucket(KeyValueStore store, BlobWriter writer, String name) {
        BucketKeys.checkName(name);
        this.store = store;
        this.writer = writer;
        this.name = name;
    }

    /**
     * The same bucket, whose writes ask for more than the store is configured to do.
     *
     * @param atLeast how durable they must be when they return; less than configured changes
     *     nothing, and {@link SyncMode#SYNC} also makes durable whatever was written before
     */
    public Bucket with(SyncMode atLeast) {
        return new Bucket(store, writer.withAtLeast(atLeast), name);
    }

    /**
     * The same bucket, whose writes fail with {@code MaxTimeMSExpired} if others outrun them for
     * longer than this.
     *
     * @param millisMax 0 for as long as by default, after which it is {@code WriteConflict}
     */
    public Bucket within(long millisMax) {
        return new Bucket(store, writer.withMillisMax(millisMax), name);
    }

    public String name() {
        return name;
    }

    /** Whether anything was ever put into it since it was last dropped. */
    public boolean exists() {
        try (Snapshot snapshot = store.snapshot()) {
            return id(snapshot).isPresent();
        }
    }

    // ---- Reading

    public Optional<byte[]> get(String key) {
        return get(BucketKeys.bytes(key));
    }

    public Optional<byte[]> get(byte[] key) {
        return find(key).map(VersionedValue::value);
    }

    /** A blob with the version that wrote it. */
    public Optional<VersionedValue> find(byte[] key) {
        BucketKeys.checkKey(key);
        try (Snapshot snapshot = store.snapshot()) {
            OptionalInt id = id(snapshot);
            return id.isEmpty()
                    ? Optional.empty()
                    : snapshot.get(BucketKeys.blob(id.getAsInt(), key)).map(Bucket::copy);
        }
    }

    private static VersionedValue copy(VersionedValue stored) {
        return new VersionedValue(stored.value().clone(), stored.version());
    }

    /**
     * The keys that start with a prefix, in order, without their blobs.
     *
     * @param prefix what they start with; empty for all
     * @param after the key after which the list goes on; empty for its beginning
     * @param limit how many at most, 1 to {@link Limits#BUCKET_LIST_MAX}; there may be fewer, so
     *     {@link BlobPage#next} alone tells whether there are more
     */
    public BlobPage list(byte[] prefix, byte[] after, int limit) {
        BucketKeys.checkLimit(limit);
        try (Snapshot snapshot = store.snapshot()) {
            OptionalInt id = id(snapshot);
            return id.isEmpty()
                    ? new BlobPage(List.of(), Optional.empty())
                    : page(snapshot, BucketKeys.blobs(id.getAsInt(), prefix, after), limit);
        }
    }

    private static BlobPage page(ReadView view, KeyRange range, int limit) {
        List<BlobPage.Entry> entries = new ArrayList<>();
        long walked = 0;
        try (KeyCursor cursor = view.cursor(range, Direction.FORWARD)) {
            while (cursor.advance()) {
                if (entries.size() == limit || walked > Limits.BUCKET_LIST_BYTES_MAX) {
                    return new BlobPage(entries, Optional.of(entries.getLast().key()));
                }
                int bytes = cursor.value().length;
                byte[] key = BucketKeys.keyIn(cursor.key());
                entries.add(new BlobPage.Entry(key, bytes, cursor.version()));
                walked += bytes;
            }
        }
        return new BlobPage(entries, Optional.empty());
    }

    // ---- Writing

    /**
     * Puts a blob there, whether or not there was one.
     *
     * @return the version that it has now
     */
    public long put(String key, byte[] blob) {
        return put(BucketKeys.bytes(key), blob);
    }

    /**
     * Puts a blob there, whether or not there was one.
     *
     * @return the version that it has now
     */
    public long put(byte[] key, byte[] blob) {
        checkBlob(key, blob);
        byte[] keyCopy = key.clone();
        byte[] blobCopy = blob.clone();
        return writer.run(
                        transaction -> {
                            int id = idToWrite(transaction);
                            transaction.put(BucketKeys.blob(id, keyCopy), blobCopy);
                            return Attempt.commit(id);
                        })
                .version();
    }

    /** Puts a blob there if what is there now is as expected. */
    public BlobWrite put(byte[] key, byte[] blob, Precondition precondition) {
        checkBlob(key, blob);
        byte[] keyCopy = key.clone();
        byte[] blobCopy = blob.clone();
        return written(
                writer.run(
                        transaction -> {
                            OptionalLong before = version(transaction, keyCopy);
                            if (!precondition.holds(before)) {
                                return Attempt.abandon(Outcome.PRECONDITION_FAILED);
                            }
                            int id = idToWrite(transaction);
                            transaction.put(BucketKeys.blob(id, keyCopy), blobCopy);
                            return Attempt.commit(
                                    before.isEmpty() ? Outcome.CREATED : Outcome.REPLACED);
                        }));
    }

    private static void checkBlob(byte[] key, byte[] blob) {
        BucketKeys.checkKey(key);
        if (blob.length > Limits.VALUE_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "The blob is too large",
                    Map.of("bytes", blob.length, "maximum", Limits.VALUE_BYTES_MAX));
        }
    }

    /**
     * Deletes a blob.
     *
     * @throws SmilodonException {@code NoSuchKey} if there is none
     */
    public void delete(String key) {
        delete(BucketKeys.bytes(key));
    }

    /**
     * Deletes a blob.
     *
     * @throws SmilodonException {@code NoSuchKey} if there is none
     */
    public void delete(byte[] key) {
        if (delete(key, Precondition.NONE).outcome() == Outcome.NOT_FOUND) {
            throw notFound(key);
        }
    }

    /** Deletes a blob if it is as expected. */
    public BlobWrite delete(byte[] key, Precondition precondition) {
        BucketKeys.checkKey(key);
        byte[] keyCopy = key.clone();
        return written(
                writer.run(
                        transaction -> {
                            OptionalLong before = version(transaction, keyCopy);
                            if (!precondition.holds(before)) {
                                return Attempt.abandon(Outcome.PRECONDITION_FAILED);
                            }
                            if (before.isEmpty()) {
                                return Attempt.abandon(Outcome.NOT_FOUND);
                            }
                            int id = idToWrite(transaction);
                            transaction.delete(BucketKeys.blob(id, keyCopy));
                            return Attempt.commit(Outcome.DELETED);
                        }));
    }

    /** The error that tells of a key that is not there. */
    public SmilodonException notFound(byte[] key) {
        return new SmilodonException(
                ErrorCode.NO_SUCH_KEY,
                "No such key in the bucket",
                Map.of("bucket", name, "key", BucketKeys.printable(key)));
    }

    private static BlobWrite written(Done<Outcome> done) {
        return new BlobWrite(
                done.result(),
                switch (done.result()) {
                    case CREATED, REPLACED -> OptionalLong.of(done.version());
                    case DELETED, NOT_FOUND, PRECONDITION_FAILED -> OptionalLong.empty();
                });
    }

    /**
     * Drops the bucket with all that is in it, in constant time; the space comes back when segments
     * are merged. The next {@code put} creates it anew, and empty.
     *
     * @return whether there was one
     */
    public boolean drop() {
        return writer.run(
                        transaction -> {
                            OptionalInt id = id(transaction);
                            if (id.isEmpty()) {
                                return Attempt.abandon(false);
                            }
                            transaction.delete(BucketKeys.name(name));
                            transaction.retire(BucketKeys.blobs(id.getAsInt()));
                            return Attempt.commit(true);
                        })
                .result();
    }

    // ---- Ids

    private OptionalLong version(ReadView view, byte[] key) {
        OptionalInt id = id(view);
        if (id.isEmpty()) {
            return OptionalLong.empty();
        }
        return view.get(BucketKeys.blob(id.getAsInt(), key))
                .map(stored -> OptionalLong.of(stored.version()))
                .orElse(OptionalLong.empty());
    }

    private OptionalInt id(ReadView view) {
        return view.get(BucketKeys.name(name))
                .map(stored -> OptionalInt.of(BucketKeys.id(stored.value())))
                .orElse(OptionalInt.empty());
    }

    /** The bucket's id, a new one if need be; the commit fails if somebody drops it meanwhile. */
    private int idToWrite(Transaction transaction) {
        OptionalInt existing = id(transaction);
        if (existing.isPresent()) {
            transaction.requireUnchanged(BucketKeys.name(name));
            return existing.getAsInt();
        }
        int id = BucketKeys.nextId(transaction);
        transaction.put(BucketKeys.COUNTER, BucketKeys.idBytes(Math.incrementExact(id)));
        transaction.put(BucketKeys.name(name), BucketKeys.idBytes(id));
        return id;
    }
}
