package io.smilodon.engine.memtable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A key of the memtable with its versions. One thread writes, any number read. */
final class MemtableNode {

    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST =
                    MethodHandles.lookup()
                            .findVarHandle(MemtableNode.class, "newest", Version.class);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private final byte[] key;
    private final long hash;
    private Version newest;

    /**
     * @param hash of the key, as {@link KeyTable} wants it
     */
    MemtableNode(byte[] key, long hash) {
        this.key = key;
        this.hash = hash;
    }

    byte[] key() {
        return key;
    }

    long hash() {
        return hash;
    }

    void push(Version version) {
        NEWEST.setRelease(this, version);
    }

    /** The newest version of all; null before the first. */
    Version newest() {
        return (Version) NEWEST.getAcquire(this);
    }

    /** The newest version up to this sequence; null if there is none. */
    Version newest(long sequence) {
        Version version = newest();
        while (version != null && version.sequence() > sequence) {
            version = version.older();
        }
        return version;
    }
}
