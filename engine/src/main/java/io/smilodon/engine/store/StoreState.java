package io.smilodon.engine.store;

import io.smilodon.engine.error.SmilodonException;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a store takes writes.
 *
 * @param mode what it does
 * @param reason why it does not take writes; empty if it does
 * @param since when that began, if it does not
 */
public record StoreState(Mode mode, String reason, Optional<Instant> since) {

    /** What a store does. */
    public enum Mode {
        /** Reads and writes. */
        WRITABLE,
        /**
         * Reads only, until what is in the way is gone; on a full disk transactions that only
         * remove are taken too.
         */
        READ_ONLY,
        /** Reads only, until it is opened again: a sync has failed. */
        POISONED
    }

    static final StoreState WRITABLE = new StoreState(Mode.WRITABLE, "", Optional.empty());

    static StoreState readOnly(SmilodonException refusal, Optional<Instant> since) {
        return new StoreState(Mode.READ_ONLY, refusal.getMessage(), since);
    }

    static StoreState poisoned(SmilodonException refusal, Optional<Instant> since) {
        return new StoreState(Mode.POISONED, refusal.getMessage(), since);
    }
}
