package io.smilodon.index.text.lucene;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import java.util.Arrays;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Which documents of a collection are not the same in a read view and in a later state. */
record ChangedDocuments(FollowedIndex index, KeyValueStore store, SearchAllowance allowance) {

    /** What a set takes for an id besides its bytes. */
    private static final long ID_BYTES = 64;

    /**
     * The encoded ids of documents that may differ: those written after the view's snapshot, and
     * the view's own.
     *
     * @param later the last commit of the later state
     * @throws SmilodonException 239 if the log does not go back to the view's snapshot
     */
    Collection<byte[]> between(ReadView view, long later) {
        NavigableSet<byte[]> changed = new TreeSet<>(Arrays::compareUnsigned);
        view.ownWrites(index.range()).forEach(key -> add(key, changed));
        long sequence = view.snapshotSequence();
        if (sequence < later) {
            try (ChangeFeed feed = store.changesSince(sequence)) {
                collect(feed, later, changed);
            } catch (SmilodonException failure) {
                throw failure.code().equals(ErrorCode.CHANGE_STREAM_HISTORY_LOST)
                        ? LuceneErrors.tooOld(sequence, failure)
                        : failure;
            }
        }
        return changed;
    }

    private void collect(ChangeFeed feed, long later, NavigableSet<byte[]> changed) {
        Optional<ChangeBatch> batch = feed.poll();
        while (batch.isPresent() && batch.get().sequence() <= later) {
            allowance.check();
            batch.get().changes().forEach(change -> add(change, changed));
            batch = feed.poll();
        }
    }

    private void add(KeyChange change, NavigableSet<byte[]> changed) {
        switch (change) {
            case KeyChange.Put put -> add(put.key(), changed);
            case KeyChange.Remove remove -> add(remove.key(), changed);
            case KeyChange.Retire retire -> {
                if (Arrays.equals(retire.prefix(), index.documents())) {
                    throw LuceneErrors.dropped(index.id());
                }
            }
        }
    }

    private void add(byte[] key, NavigableSet<byte[]> changed) {
        if (index.holds(key) && changed.add(index.idKey(key))) {
            allowance.reserve(key.length + ID_BYTES);
        }
    }
}
