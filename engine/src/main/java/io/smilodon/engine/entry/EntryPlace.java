package io.smilodon.engine.entry;

/** What a cursor tells of the entry where it stands; it holds until it moves. Not thread-safe. */
public final class EntryPlace {

    private final ByteSpan key = new ByteSpan();
    private long sequence;
    private boolean isRemoval;

    /** The key, where it lies if it can. */
    public ByteSpan key() {
        return key;
    }

    /** Tells of the entry whose {@link #key} has been set. */
    public void set(long version, boolean isRemoved) {
        sequence = version;
        isRemoval = isRemoved;
    }

    long sequence() {
        return sequence;
    }

    boolean isRemoval() {
        return isRemoval;
    }
}
