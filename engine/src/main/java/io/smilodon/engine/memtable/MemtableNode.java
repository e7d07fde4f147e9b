package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.KeyHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** A key of the memtable with its versions. One thread writes, any number read. */
final class MemtableNode {

    private static final VarHandle LINK = MethodHandles.arrayElementVarHandle(MemtableNode[].class);
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
    private final long head;
    private final long neck;
    private final long hash;
    private final MemtableNode[] next;
    private Version newest;

    /**
     * @param hash of the key, as {@link KeyTable} wants it
     */
    MemtableNode(byte[] key, long hash, int height) {
        this.key = key;
        this.head = KeyHead.of(key, 0);
        this.neck = KeyHead.of(key, Long.BYTES);
        this.hash = hash;
        this.next = new MemtableNode[height];
    }

    byte[] key() {
        return key;
    }

    /**
     * Whether the node stands before a key. Mostly its first sixteen bytes tell, which lie here: to
     * go and look at the rest is likely a cache miss.
     *
     * @param head of the key, from its beginning
     * @param neck what follows
     */
    boolean isBefore(byte[] other, long head, long neck) {
        if (this.head != head) {
            return Long.compareUnsigned(this.head, head) < 0;
        }
        return this.neck == neck
                ? Arrays.compareUnsigned(key, other) < 0
                : Long.compareUnsigned(this.neck, neck) < 0;
    }

    long hash() {
        return hash;
    }

    int height() {
        return next.length;
    }

    /** The next node on this level; null at the end. */
    MemtableNode next(int level) {
        return (MemtableNode) LINK.getAcquire(next, level);
    }

    void link(int level, MemtableNode node) {
        LINK.setRelease(next, level, node);
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
