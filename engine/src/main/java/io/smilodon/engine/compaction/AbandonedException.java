package io.smilodon.engine.compaction;

/** A merge is given up because the store is closed; nothing of it stays. */
final class AbandonedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("the store is closed", null, false, false);
    }
}
