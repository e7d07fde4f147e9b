package io.smilodon.engine.check;

/** Sets the pace of reading all data again, and is told of what that finds. */
public interface ScrubWatch {

    /**
     * Called after each block; may wait.
     *
     * @param bytes how many were read
     * @return whether to go on
     */
    boolean read(long bytes);

    /** Called for each damaged block, at once. */
    void found(Finding finding);
}
