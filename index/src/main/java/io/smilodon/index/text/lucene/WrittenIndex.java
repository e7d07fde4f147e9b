package io.smilodon.index.text.lucene;

import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
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

    /** Changes after which Lucene commits: what an opening has to take from the feed at most. */
    private static final int COMMIT_CHANGES = 50_000;

    /** Of all collections: the log keeps so much more, and so much longer, than this. */
    private static final long COMMIT_BYTES = 64L << 20;

    private static final long COMMIT_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final double CACHED_FILE_MIB = 4;
    private static final double CACHED_MIB = 32;

    private final FollowedIndex index;
    private final KeyValueStore store;
    private final IndexWriter writer;
    private final DocumentWriter documents;
    private final ChangeFeed feed;
    private DirectoryReader reader;
    private Optional<DirectoryReader> old = Optional.empty();
    private long applied;
    private int uncommitted;
    private FeedToken committed;
    private long passedBytes;
    private boolean isRefreshNeeded;

    /** Lucene's writer, and the feed behind what it holds. */
    private record Opened(IndexWriter writer, ChangeFeed feed) {}

    private WrittenIndex(FollowedIndex index, KeyValueStore store, Opened opened)
            throws IOException {
        this.index = index;
        this.store = store;
        this.writer = opened.writer();
        this.feed = opened.feed();
        this.documents = new DocumentWriter(index, writer);
        this.committed = feed.token();
        this.applied = committed.sequence();
        this.reader = DirectoryReader.open(writer);
    }

    /**
     * Opens the files that are there, after reading all of them.
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
            Optional<FeedToken> token = token(writer, index.fingerprint());
            if (token.isEmpty()) {
                writer.rollback();
                return Optional.empty();
            }
            requireUndamaged(writer, isEnded);
            ChangeFeed feed = store.changesSince(token.get());
            return Optional.of(new WrittenIndex(index, store, new Opened(writer, feed)));
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

    private static Optional<FeedToken> token(IndexWriter writer, String fingerprint) {
        String sequence = "";
        String millis = "";
        String written = "";
        Iterable<Map.Entry<String, String>> commit = writer.getLiveCommitData();
        if (commit != null) {
            for (Map.Entry<String, String> entry : commit) {
                switch (entry.getKey()) {
                    case SEQUENCE -> sequence = entry.getValue();
                    case MILLIS -> millis = entry.getValue();
                    case FINGERPRINT -> written = entry.getValue();
                    default -> throw new AssertionError(entry);
                }
            }
        }
        return written.equals(fingerprint)
                ? Optional.of(new FeedToken(Long.parseLong(sequence), Long.parseLong(millis)))
                : Optional.empty();
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
        try (Snapshot snapshot = store.snapshot()) {
            ChangeFeed feed = store.changesSince(snapshot.sequence());
            fill(new DocumentWriter(index, writer), snapshot, isEnded);
            WrittenIndex built = new WrittenIndex(index, store, new Opened(writer, feed));
            built.applied = snapshot.sequence();
            built.commit();
            return built;
        } catch (IOException | RuntimeException failure) {
            writer.rollback();
            throw failure;
        }
    }

    private static void fill(DocumentWriter to, Snapshot snapshot, BooleanSupplier isEnded)
            throws IOException {
        FollowedIndex index = to.index();
        try (KeyCursor cursor = snapshot.cursor(index.range(), Direction.FORWARD)) {
            while (cursor.advance()) {
                requireGoingOn(isEnded);
                to.add(index.idKey(cursor.key()), cursor.value());
            }
        }
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
        long visible = visible();
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

    private long visible() {
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
                if (index.holds(put.key())) {
                    documents.put(index.idKey(put.key()), put.value());
                    changed();
                }
            }
            case KeyChange.Remove remove -> {
                if (index.holds(remove.key())) {
                    documents.remove(index.idKey(remove.key()));
                    changed();
                }
            }
            case KeyChange.Retire ofDroppedCollection -> {
                return; // whoever drops the collection drops its indexes
            }
        }
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
        writer.setLiveCommitData(
                Map.of(
                                SEQUENCE, Long.toString(committed.sequence()),
                                MILLIS, Long.toString(committed.millis()),
                                FINGERPRINT, index.fingerprint())
                        .entrySet());
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
