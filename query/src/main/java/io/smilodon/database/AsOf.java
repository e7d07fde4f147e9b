package io.smilodon.database;

import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import java.time.Instant;

/** A point in the past of the database. Immutable. */
public sealed interface AsOf {

    /** After the commit of this sequence, which is also the version of what it wrote. */
    static AsOf sequence(long sequence) {
        return new AtSequence(sequence);
    }

    /** After the last commit up to this instant. */
    static AsOf instant(Instant instant) {
        return new AtInstant(instant);
    }

    /**
     * The state of that time.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code SnapshotTooOld} if it is no longer
     *     kept, {@code BadValue} if it lies in the future
     */
    Snapshot open(KeyValueStore store);

    /** See {@link AsOf#sequence}. */
    record AtSequence(long sequence) implements AsOf {

        @Override
        public Snapshot open(KeyValueStore store) {
            return store.snapshotAsOf(sequence);
        }
    }

    /** See {@link AsOf#instant}. */
    record AtInstant(Instant instant) implements AsOf {

        @Override
        public Snapshot open(KeyValueStore store) {
            return store.snapshotAsOf(store.sequenceAt(instant));
        }
    }
}
