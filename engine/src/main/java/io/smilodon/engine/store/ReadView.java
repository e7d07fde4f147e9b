package io.smilodon.engine.store;

import io.smilodon.engine.value.Direction;
import java.util.Optional;

/**
 * What a reader sees: one state of the store that never changes under it, plus, inside a
 * transaction, the transaction's own writes.
 */
public interface ReadView {

    Optional<VersionedValue> get(byte[] key);

    /** A cursor over the range; within a transaction it may be used until the next write. */
    KeyCursor cursor(KeyRange range, Direction direction);
}
