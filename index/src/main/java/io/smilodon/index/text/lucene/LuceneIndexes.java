package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.VersionedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The Lucene indexes of one store. Each is opened when it is first asked, and follows the store's
 * change feed from then on. Their files are derived: what is missing, damaged or too old is built
 * anew from the documents. Thread-safe. Close it before the store.
 */
public final class LuceneIndexes implements AutoCloseable {

    /** About how much larger a document is when it is indexed in memory. */
    private static final long OWN_SHARE = 4;

    private final KeyValueStore store;
    private final StorageDirectory files;

    /** By id; guarded by this object. */
    private final Map<Integer, LuceneFollower> followers = new HashMap<>();

    /** Indexes of earlier openings that are still there; guarded by this object. */
    private final Set<Integer> kept = new HashSet<>();

    /** Indexes of this opening that are gone; guarded by this object. */
    private final Set<Integer> dropped = new HashSet<>();

    /** The first id that no earlier opening has used; guarded by this object. */
    private int firstNewId;

    private boolean isClosed;

    public LuceneIndexes(KeyValueStore store, StorageDirectory files) {
        LuceneLog.quieten();
        this.store = store;
        this.files = files;
    }

    /** Begins to build an index, or to read its files, without waiting for it. */
    public void begin(FollowedIndex index) {
        known(index);
    }

    /** Whether an index, which is begun if need be, has been filled, or has read its files. */
    public boolean isFilled(FollowedIndex index) {
        return known(index).map(LuceneFollower::isSearchable).orElse(false);
    }

    /**
     * The index with exactly the documents of a read view. Waits until the index has taken every
     * commit that the view contains; documents written later, and the view's own writes, are
     * replaced by what the view has of them.
     *
     * @param allowance what the search may take, until the reader is closed
     * @throws io.smilodon.engine.error.SmilodonException 239 if the view's snapshot is older than
     *     the log that is kept, 27 if the index has been dropped, which views may still know
     */
    public ExactReader open(FollowedIndex index, ReadView view, SearchAllowance allowance) {
        try {
            LuceneFollower.Published base =
                    follower(index).await(view.snapshotSequence(), allowance::check);
            try {
                return exact(index, view, base, allowance);
            } catch (IOException | RuntimeException failure) {
                base.reader().decRef();
                throw failure;
            }
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }

    private ExactReader exact(
            FollowedIndex index,
            ReadView view,
            LuceneFollower.Published base,
            SearchAllowance allowance)
            throws IOException {
        DirectoryReader shared = base.reader();
        Collection<byte[]> changed =
                new ChangedDocuments(index, store, allowance).between(view, base.sequence());
        if (changed.isEmpty()) {
            return new ExactReader(TimedReader.of(shared, allowance), allowance, shared::decRef);
        }
        allowance.reserve(shared.maxDoc() / Byte.SIZE);
        DirectoryReader others = new HiddenDocuments(shared, changed);
        DirectoryReader own = ownReader(index, view, changed, allowance);
        IndexReader[] both = {TimedReader.of(others, allowance), TimedReader.of(own, allowance)};
        return new ExactReader(
                new MultiReader(both, false),
                allowance,
                () -> {
                    shared.decRef();
                    own.close();
                });
    }

    /** The documents of these ids as the view has them, in memory. */
    private static DirectoryReader ownReader(
            FollowedIndex index,
            ReadView view,
            Collection<byte[]> idKeys,
            SearchAllowance allowance)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(index.mapping().analyzer());
        try (IndexWriter writer = new IndexWriter(new ByteBuffersDirectory(), config)) {
            DocumentWriter documents = new DocumentWriter(index, writer);
            for (byte[] idKey : idKeys) {
                allowance.check();
                Optional<VersionedValue> stored = view.get(key(index, idKey));
                if (stored.isPresent()) {
                    allowance.reserve(OWN_SHARE * stored.get().value().length);
                    documents.add(idKey, stored.get().value());
                }
            }
            return DirectoryReader.open(writer);
        }
    }

    private static byte[] key(FollowedIndex index, byte[] idKey) {
        byte[] prefix = index.documents();
        return ByteBuffer.allocate(prefix.length + idKey.length).put(prefix).put(idKey).array();
    }

    private LuceneFollower follower(FollowedIndex index) {
        return known(index).orElseThrow(() -> LuceneErrors.dropped(index.id()));
    }

    /** Empty for an index that is gone: its files must not come back. */
    private synchronized Optional<LuceneFollower> known(FollowedIndex index) {
        if (isClosed) {
            throw LuceneErrors.closed();
        }
        LuceneFollower known = followers.get(index.id());
        if (known == null && !isGone(index.id())) {
            known = new LuceneFollower(index, store, files);
            followers.put(index.id(), known);
            known.start();
        }
        return Optional.ofNullable(known);
    }

    private boolean isGone(int indexId) {
        return indexId < firstNewId ? !kept.contains(indexId) : dropped.contains(indexId);
    }

    /** Forgets a dropped index and deletes its files. */
    public void drop(int indexId) {
        taken(indexId).ifPresent(LuceneFollower::drop);
        try (LuceneDirectory directory = new LuceneDirectory(files, indexId)) {
            directory.deleteAll();
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }

    private synchronized Optional<LuceneFollower> taken(int indexId) {
        if (!kept.remove(indexId)) {
            dropped.add(indexId);
        }
        return Optional.ofNullable(followers.remove(indexId));
    }

    /**
     * Deletes the files of all indexes but these; for the opening of a database.
     *
     * @param nextId the first id that no index has had
     */
    public synchronized void dropOthers(Set<Integer> indexIds, int nextId) {
        kept.addAll(indexIds);
        firstNewId = nextId;
        try {
            for (String name : files.list()) {
                int indexId = LuceneDirectory.indexOf(name);
                if (indexId >= 0 && !indexIds.contains(indexId)) {
                    files.delete(name);
                }
            }
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }

    /** Keeps what was written, and ends all followers. */
    @Override
    public void close() {
        ended().forEach(LuceneFollower::close);
    }

    private synchronized Collection<LuceneFollower> ended() {
        isClosed = true;
        Collection<LuceneFollower> all = Set.copyOf(followers.values());
        followers.clear();
        return all;
    }
}
