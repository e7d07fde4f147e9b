package io.smilodon.query.exec;

/**
 * A stage that can put on disk what it holds in memory. Called by the thread that works on the
 * operation, where a stage of it, perhaps this one, finds too little left.
 */
public interface MemoryHolder {

    /** Less than that is not worth a file: others hold the memory. */
    long BYTES_MIN = 1 << 20;

    /** Writes to disk what it can and gives its memory back; does nothing where it cannot. */
    void giveUpMemory();
}
