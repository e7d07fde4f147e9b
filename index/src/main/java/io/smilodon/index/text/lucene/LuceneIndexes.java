package io.smilodon.index.text.lucene;

import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.VersionedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
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

    private final KeyValueStore store;
    private final StorageDirectory files;

    /** By id; guarded by this object. */
    private final Map<Integer, LuceneFollower> followers = new HashMap<>();

    private boolean isClosed;

    public LuceneIndexes(KeyValueStore store, StorageDirectory files) {
        this.store = store;
        this.files = files;
    }

    /** Begins to build an index, or to read its files, without waiting for it. */
    public void begin(FollowedIndex index) {
        follower(index);
    }

    /**
     * The index with exactly the documents of a read view. Waits until the index has taken every
     * commit that the view contains; documents written later, and the view's own writes, are
     * replaced by what the view has of them.
     *
     * @param check throws when the caller has no time left; called every few milliseconds
     * @throws io.smilodon.engine.error.SmilodonException 239 if the view's snapshot is older than
     *     the log that is kept
     */
    public ExactReader open(FollowedIndex index, ReadView view, Runnable check) {
        try {
            LuceneFollower.Published base = follower(index).await(view.snapshotSequence(), check);
            try {
                return exact(index, view, base, check);
            } catch (IOException | RuntimeException failure) {
                base.reader().decRef();
                throw failure;
            }
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }

    private ExactReader exact(
            FollowedIndex index, ReadView view, LuceneFollower.Published base, Runnable check)
            throws IOException {
        DirectoryReader shared = base.reader();
        Collection<byte[]> changed =
                new ChangedDocuments(index, store).between(view, base.sequence(), check);
        if (changed.isEmpty()) {
            return new ExactReader(shared, shared::decRef);
        }
        DirectoryReader own = ownReader(index, view, changed, check);
        IndexReader[] both = {new HiddenDocuments(shared, changed), own};
        return new ExactReader(
                new MultiReader(both, false),
                () -> {
                    shared.decRef();
                    own.close();
                });
    }

    /** The documents of these ids as the view has them, in memory. */
    private static DirectoryReader ownReader(
            FollowedIndex index, ReadView view, Collection<byte[]> idKeys, Runnable check)
            throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(index.mapping().analyzer());
        try (IndexWriter writer = new IndexWriter(new ByteBuffersDirectory(), config)) {
            DocumentWriter documents = new DocumentWriter(index, writer);
            for (byte[] idKey : idKeys) {
                check.run();
                Optional<VersionedValue> stored = view.get(key(index, idKey));
                if (stored.isPresent()) {
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

    private synchronized LuceneFollower follower(FollowedIndex index) {
        if (isClosed) {
            throw LuceneErrors.closed();
        }
        LuceneFollower known = followers.get(index.id());
        if (known == null) {
            known = new LuceneFollower(index, store, files);
            followers.put(index.id(), known);
            known.start();
        }
        return known;
    }

    /** Forgets a dropped index and deletes its files. */
    public void drop(int indexId) {
        Optional<LuceneFollower> dropped = taken(indexId);
        dropped.ifPresent(LuceneFollower::close);
        try (LuceneDirectory directory = new LuceneDirectory(files, indexId)) {
            directory.deleteAll();
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }

    private synchronized Optional<LuceneFollower> taken(int indexId) {
        return Optional.ofNullable(followers.remove(indexId));
    }

    /** Deletes the files of all indexes but these; for the opening of a database. */
    public void dropOthers(Set<Integer> indexIds) {
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
