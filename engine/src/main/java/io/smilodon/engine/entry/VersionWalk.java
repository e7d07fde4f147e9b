package io.smilodon.engine.entry;

/**
 * A walk over every version of every key of a table: keys ascending, versions of a key descending.
 * Not thread-safe.
 */
public interface VersionWalk extends EntryCursor {

    /**
     * How many bytes the current key begins with in common with the one before it; 0 for the first
     * one, all of its bytes for another version.
     */
    int common();

    /** Points a span at the current key, where it stays until this moves. */
    @Override
    void key(ByteSpan span);
}
