package io.smilodon.index.text.lucene;

import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.NRTCachingDirectory;

/**
 * One Lucene index being written: takes the changes of its collection from the store's feed. A
 * commit of Lucene says up to which commit of the store it goes, so that the next opening goes on
 * from there. Not thread-safe: owned by the thread of its {@link LuceneFollower}.
 */
final class WrittenIndex implements AutoCloseable {

    private static final String SEQUENCE = "sequence";
    private static final String MILLIS = "millis";
    private static final String FINGERPRINT = "fingerprint";
    private static final String POSITION = "position";

    /** Changes after which Lucene commits: what an opening has to take from the feed at most. */
    private static final int COMMIT_CHANGES = 50_000;

    /** Of all collections: the log keeps so much more, and so much longer, than this. */
    private static final long COMMIT_BYTES = 64L << 20;

    private static final long COMMIT_MILLIS = TimeUnit.MINUTES.toMillis(10);

    /** Documents that are added as of one snapshot, and between two commits of a build. */
    private static final int PART_COUNT = 20_000;

    /** Behind every {@code _id}: all documents have been added, but of different snapshots. */
    private static final byte[] END = {-1, -1};

    private static final double CACHED_FILE_MIB = 4;
    private static final double CACHED_MIB = 32;

    private final FollowedIndex index;
    private final KeyValueStore store;
    private final IndexWriter writer;
    private final DocumentWriter documents;
    private final ChangeFeed feed;

    /** While the index is built: the encoded {@code _id} up to which it holds the documents. */
    private Optional<byte[]> position;

    private DirectoryReader reader;
    private Optional<DirectoryReader> old = Optional.empty();
    private long applied;
    private int uncommitted;
    private FeedToken committed;
    private long passedBytes;
    private boolean isRefreshNeeded;

    /** Lucene's writer, the feed behind what it holds, and how far a build has come. */
    private record Opened(IndexWriter writer, ChangeFeed feed, Optional<byte[]> position) {}

    /** What a commit of Lucene says of itself. */
    private record Committed(FeedToken token, Optional<byte[]> position) {}

    private WrittenIndex(FollowedIndex index, KeyValueStore store, Opened opened)
            throws IOException {
        this.index = index;
        this.store = store;
        this.writer = opened.writer();
        this.feed = opened.feed();
        this.position = opened.position();
        this.documents = new DocumentWriter(index, writer);
        this.committed = feed.token();
        this.applied = committed.sequence();
        this.reader = DirectoryReader.open(writer);
    }

    /**
     * Opens the files that are there, after reading all of them; a build that was cut short goes
     * on.
     *
     * @param isEnded whether nobody waits for it any more
     * @return empty if there are none, or of another mapping
     * @throws io.smilodon.engine.error.SmilodonException 286 if the feed does not go back so far
     */
    static Optional<WrittenIndex> existing(
            FollowedIndex index,
            KeyValueStore store,
            LuceneDirectory files,
            BooleanSupplier isEnded)
            throws IOException {
        if (!DirectoryReader.indexExists(files)) {
            return Optional.empty();
        }
        IndexWriter writer = writer(index, files, IndexWriterConfig.OpenMode.APPEND);
        try {
            Optional<Committed> last = committed(writer, index.fingerprint());
            if (last.isEmpty()) {
                writer.rollback();
                return Optional.empty();
            }
            requireUndamaged(writer, isEnded);
            ChangeFeed feed = store.changesSince(last.get().token());
            Opened opened = new Opened(writer, feed, last.get().position());
            return Optional.of(filled(new WrittenIndex(index, store, opened), isEnded));
        } catch (IOException | RuntimeException failure) {
            writer.rollback();
            throw failure;
        }
    }

    private static void requireUndamaged(IndexWriter writer, BooleanSupplier isEnded)
            throws IOException {
        try (DirectoryReader all = DirectoryReader.open(writer)) {
            Integrity.require(all, () -> requireGoingOn(isEnded));
        }
    }

    private static void requireGoingOn(BooleanSupplier isEnded) {
        if (isEnded.getAsBoolean()) {
            throw LuceneErrors.closed();
        }
    }

    private static Optional<Committed> committed(IndexWriter writer, String fingerprint) {
        Map<String, String> written = new HashMap<>();
        Iterable<Map.Entry<String, String>> commit = writer.getLiveCommitData();
        if (commit != null) {
            commit.forEach(entry -> written.put(entry.getKey(), entry.getValue()));
        }
        if (!fingerprint.equals(written.get(FINGERPRINT))) {
            return Optional.empty();
        }
        FeedToken token =
                new FeedToken(
                        Long.parseLong(written.get(SEQUENCE)), Long.parseLong(written.get(MILLIS)));
        Optional<byte[]> position =
                Optional.ofNullable(written.get(POSITION)).map(HexFormat.of()::parseHex);
        return Optional.of(new Committed(token, position));
    }

    /** Builds from all documents, in place of whatever is there. */
    static WrittenIndex built(
            FollowedIndex index,
            KeyValueStore store,
            LuceneDirectory files,
            BooleanSupplier isEnded)
            throws IOException {
        files.deleteAll();
        IndexWriter writer = writer(index, files, IndexWriterConfig.OpenMode.CREATE);
        try {
            ChangeFeed feed = store.changesSince(visible(store));
            Opened opened = new Opened(writer, feed, Optional.of(new byte[0]));
            return filled(new WrittenIndex(index, store, opened), isEnded);
        } catch (IOException | RuntimeException failure) {
            writer.rollback();
            throw failure;
        }
    }

    private static WrittenIndex filled(WrittenIndex index, BooleanSupplier isEnded)
            throws IOException {
        try {
            index.fill(isEnded);
            return index;
        } catch (IOException | RuntimeException failure) {
            index.close();
            throw failure;
        }
    }

    /**
     * Adds the documents behind the position, in parts. No snapshot lives as long as that may take,
     * and the log does not go back so far: each part is as of a snapshot of its own, and before it,
     * what has changed up to the position is taken from the feed. Each part is committed: an
     * opening goes on behind it. Nobody may search until the last of the snapshots is reached.
     */
    private void fill(BooleanSupplier isEnded) throws IOException {
        while (position.isPresent() && !Arrays.equals(position.get(), END)) {
            catchUp(isEnded);
            try (Snapshot snapshot = store.snapshot()) {
                position = Optional.of(fillPart(snapshot, position.get(), isEnded));
            }
            commit();
        }
        if (position.isPresent()) {
            catchUp(isEnded);
            position = Optional.empty();
            commit();
            isRefreshNeeded = true;
        }
    }

    /** Takes what is visible by now: while others write, the feed may never be empty. */
    private void catchUp(BooleanSupplier isEnded) throws IOException {
        long newest = visible(store);
        follow(() -> isEnded.getAsBoolean() || applied >= newest);
        requireGoingOn(isEnded);
    }

    /** Returns how far the index goes now. */
    private byte[] fillPart(Snapshot snapshot, byte[] from, BooleanSupplier isEnded)
            throws IOException {
        byte[] last = from;
        long bytes = 0;
        int count = 0;
        KeyRange rest = new KeyRange(behind(from), index.range().to());
        try (KeyCursor cursor = snapshot.cursor(rest, Direction.FORWARD)) {
            while (cursor.advance()) {
                requireGoingOn(isEnded);
                last = index.idKey(cursor.key());
                documents.add(last, cursor.value());
                bytes += cursor.value().length;
                count++;
                if (count >= PART_COUNT || bytes >= COMMIT_BYTES) {
                    return last;
                }
            }
        }
        return END;
    }

    /** The first key behind that of a document. */
    private byte[] behind(byte[] idKey) {
        byte[] prefix = index.documents();
        byte[] key = Arrays.copyOf(prefix, prefix.length + idKey.length + 1);
        System.arraycopy(idKey, 0, key, prefix.length, idKey.length);
        return key;
    }

    /** Nobody waits for merges: neither who refreshes nor who commits. */
    private static IndexWriter writer(
            FollowedIndex index, LuceneDirectory files, IndexWriterConfig.OpenMode mode)
            throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig(index.mapping().analyzer())
                        .setOpenMode(mode)
                        .setMergeScheduler(new BackgroundMerges())
                        .setMaxFullFlushMergeWaitMillis(0)
                        .setCommitOnClose(false);
        return new IndexWriter(new NRTCachingDirectory(files, CACHED_FILE_MIB, CACHED_MIB), config);
    }

    /**
     * Takes the changes that are visible by now.
     *
     * @param isEnough whether those taken so far will do
     * @return whether all were taken
     */
    boolean follow(BooleanSupplier isEnough) throws IOException {
        ((BackgroundMerges) writer.getConfig().getMergeScheduler()).requireSuccess();
        long visible = visible(store);
        while (!isEnough.getAsBoolean()) {
            Optional<ChangeBatch> batch = feed.poll();
            if (batch.isEmpty()) {
                applied = Math.max(applied, visible);
                return true;
            }
            apply(batch.get());
            if (isCommitDue(batch.get())) {
                commit();
            }
        }
        return false;
    }

    /** Also without changes of its own: the log does not go back for ever. */
    private boolean isCommitDue(ChangeBatch last) {
        return uncommitted >= COMMIT_CHANGES
                || passedBytes >= COMMIT_BYTES
                || last.millis() - committed.millis() >= COMMIT_MILLIS;
    }

    private static long visible(KeyValueStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.sequence();
        }
    }

    private void apply(ChangeBatch batch) throws IOException {
        for (KeyChange change : batch.changes()) {
            apply(change);
        }
        applied = batch.sequence();
    }

    private void apply(KeyChange change) throws IOException {
        switch (change) {
            case KeyChange.Put put -> {
                passedBytes += put.key().length + put.value().length;
                if (isHeld(put.key())) {
                    documents.put(index.idKey(put.key()), put.value());
                    changed();
                }
            }
            case KeyChange.Remove remove -> {
                if (isHeld(remove.key())) {
                    documents.remove(index.idKey(remove.key()));
                    changed();
                }
            }
            case KeyChange.Retire ofDroppedCollection -> {
                return; // whoever drops the collection drops its indexes
            }
        }
    }

    /** While the index is built, what is behind the position comes later, as it is then. */
    private boolean isHeld(byte[] key) {
        return index.holds(key)
                && (position.isEmpty()
                        || Arrays.compareUnsigned(index.idKey(key), position.get()) <= 0);
    }

    private void changed() {
        uncommitted++;
        isRefreshNeeded = true;
    }

    /** The last commit of the store that it contains. */
    long applied() {
        return applied;
    }

    /** Makes what was written searchable. The reader before stays open until it is replaced. */
    void refresh() throws IOException {
        if (isRefreshNeeded) {
            DirectoryReader newer = DirectoryReader.openIfChanged(reader, writer);
            if (newer != null) {
                old = Optional.of(reader);
                reader = newer;
            }
            isRefreshNeeded = false;
        }
    }

    /** What was searchable at the last refresh. */
    DirectoryReader reader() {
        return reader;
    }

    /** Nobody gets the reader before the last refresh any more. */
    void closeOld() throws IOException {
        if (old.isPresent()) {
            old.get().close();
            old = Optional.empty();
        }
    }

    private void commit() throws IOException {
        committed = feed.token();
        Map<String, String> written = new HashMap<>();
        written.put(SEQUENCE, Long.toString(committed.sequence()));
        written.put(MILLIS, Long.toString(committed.millis()));
        written.put(FINGERPRINT, index.fingerprint());
        position.ifPresent(last -> written.put(POSITION, HexFormat.of().formatHex(last)));
        writer.setLiveCommitData(written.entrySet());
        writer.commit();
        uncommitted = 0;
        passedBytes = 0;
    }

    /** Keeps what was written, and how far that goes, for the next opening. */
    void commitChanges() throws IOException {
        if (uncommitted > 0 || feed.token().sequence() > committed.sequence()) {
            commit();
        }
    }

    /** Ends it; what was not committed is for the next opening to take from the feed. */
    @Override
    public void close() throws IOException {
        feed.close();
        closeOld();
        reader.close();
        writer.rollback();
    }

    /** The files of an index, wherever they are kept. */
    static LuceneDirectory files(StorageDirectory directory, FollowedIndex index) {
        return new LuceneDirectory(directory, index.id());
    }
}
