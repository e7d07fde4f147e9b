package io.smilodon.engine.torture;

/** During what a disk begins to fail. */
enum FaultPhase {
    /** Opening a store whose process died, and all that follows. */
    OPEN,
    /** A new store, and all that follows. */
    WRITE,
    FLUSH,
    COMPACT,
    BACKUP
}
