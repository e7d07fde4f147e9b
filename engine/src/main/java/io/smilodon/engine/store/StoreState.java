package io.smilodon.engine.store;

import io.smilodon.engine.error.SmilodonException;

/**
 * Whether a store takes writes.
 *
 * @param mode what it does
 * @param reason why it does not take writes; empty if it does
 */
public record StoreState(Mode mode, String reason) {

    /** What a store does. */
    public enum Mode {
        /** Reads and writes. */
        WRITABLE,
        /** Reads only, until what is in the way is gone. */
        READ_ONLY,
        /** Reads only, until it is opened again: a sync has failed. */
        POISONED
    }

    static final StoreState WRITABLE = new StoreState(Mode.WRITABLE, "");

    static StoreState readOnly(SmilodonException refusal) {
        return new StoreState(Mode.READ_ONLY, refusal.getMessage());
    }

    static StoreState poisoned(SmilodonException refusal) {
        return new StoreState(Mode.POISONED, refusal.getMessage());
    }
}
