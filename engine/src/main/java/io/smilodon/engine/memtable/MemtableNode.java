package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private record Version(Entry entry, Version older) {}

    private final byte[] key;
    private final MemtableNode[] next;
    private Version newest;

    MemtableNode(byte[] key, int height) {
        this.key = key;
        this.next = new MemtableNode[height];
    }

    byte[] key() {
        return key;
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

    void push(Entry entry) {
        NEWEST.setRelease(this, new Version(entry, newest));
    }

    /** All versions, newest first. */
    List<Entry> versions() {
        List<Entry> versions = new ArrayList<>(1);
        Version version = (Version) NEWEST.getAcquire(this);
        while (version != null) {
            versions.add(version.entry);
            version = version.older;
        }
        return versions;
    }

    /** The newest version up to this sequence. */
    Optional<Entry> newest(long sequence) {
        Version version = (Version) NEWEST.getAcquire(this);
        while (version != null && version.entry.sequence() > sequence) {
            version = version.older;
        }
        return version == null ? Optional.empty() : Optional.of(version.entry);
    }
}
