package io.smilodon.engine.segment;

/** What is done so that the blocks of a segment take less room. */
public enum Packing {

    /** Nothing: they are soon written again. */
    NONE,

    /**
     * Compressed with the least effort, where that pays: what is flushed and overlaps with nothing
     * that is there.
     */
    HASTY,

    /** Compressed with little effort, where that pays. */
    QUICK,

    /** Compressed well, where that pays. */
    TIGHT
}
