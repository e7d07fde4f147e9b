package io.smilodon.index.text.lucene;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Lucene indexes of one store. Each is opened when it is first asked, and follows the store's
 * change feed from then on. Their files are derived: what is missing, damaged or too old is built
 * anew from the documents. Nothing of Lucene is loaded before the first index is asked for.
 * Thread-safe. Close it before the store.
 */
public final class LuceneIndexes implements AutoCloseable {

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

    /** Why an index cannot be searched, and will not be as long as it is defined so. */
    public Optional<RuntimeException> lastingFailure(FollowedIndex index) {
        return known(index).flatMap(LuceneFollower::lastingFailure);
    }

    /**
     * The index with exactly the documents of a read view. Waits until the index has taken every
     * commit that the view contains; documents written later, and the view's own writes, are
     * replaced by what the view has of them.
     *
     * @param allowance what the search may take, until the reader is closed
     * @throws io.smilodon.engine.error.SmilodonException 239 if the view's snapshot is older than
     *     the log that is kept, 27 if the index has been dropped, which views may still know, 8 if
     *     the documents have too many fields for it
     */
    public ExactReader open(FollowedIndex index, ReadView view, SearchAllowance allowance) {
        try {
            LuceneFollower.Published base =
                    follower(index).await(view.snapshotSequence(), allowance::check);
            return new ExactReading(index, store, allowance).of(view, base);
        } catch (IOException | UncheckedIOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }

    /**
     * What is wrong with the files of an index, which are then built anew, or why it has none.
     * Where nobody has searched yet, waits until they have been read or built.
     */
    public Optional<String> damage(FollowedIndex index, ReadView view, SearchAllowance allowance) {
        try {
            LuceneFollower.Published base =
                    follower(index).await(view.snapshotSequence(), allowance::check);
            return Integrity.damage(base, allowance::check);
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        } catch (SmilodonException failure) {
            if (LuceneErrors.isLasting(failure)) {
                return Optional.of(failure.getMessage());
            }
            throw failure;
        }
    }

    /** What is wrong with the files of an index in a directory that nobody has open. */
    public static Optional<String> damage(StorageDirectory directory, int indexId, Runnable check) {
        try (LuceneDirectory files = new LuceneDirectory(directory, indexId)) {
            return Integrity.damage(files, check);
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
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
                int indexId = LuceneFiles.indexOf(name);
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
