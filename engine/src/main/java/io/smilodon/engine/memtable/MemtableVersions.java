package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.VersionWalk;
import java.util.Arrays;
import java.util.List;

/** Goes over every version of every key of a memtable, ascending. Not thread-safe. */
final class MemtableVersions implements VersionWalk {

    /** So many nodes are brought near the processor at a time. */
    private static final int APPROACHED = 32;

    private static final byte[] NO_KEY = {};

    private final List<MemtableNode> nodes;
    private int place = -1;
    private MemtableNode node;
    private Version version;
    private int common;

    /** Kept only because what nobody uses would not be read. */
    private int approached;

    /**
     * @param nodes by their keys
     */
    MemtableVersions(List<MemtableNode> nodes) {
        this.nodes = nodes;
    }

    @Override
    public boolean advance() {
        if (version != null && version.older() != null) {
            version = version.older();
            common = node.key().length;
            return true;
        }
        place++;
        if (place >= nodes.size()) {
            return false;
        }
        if (place % APPROACHED == 0) {
            approach(nodes.subList(place, Math.min(place + APPROACHED, nodes.size())));
        }
        byte[] before = place == 0 ? NO_KEY : node.key();
        node = nodes.get(place);
        common = Arrays.mismatch(before, node.key());
        version = node.newest();
        return true;
    }

    /**
     * Brings nodes near with what hangs on them, each step of the way for all of them before the
     * next one: so they wait for memory at the same time.
     */
    private void approach(List<MemtableNode> next) {
        for (MemtableNode one : next) {
            approached += (int) one.hash();
        }
        for (MemtableNode one : next) {
            approached += one.newest().length() + one.key().length;
        }
        for (MemtableNode one : next) {
            for (Version known = one.newest(); known != null; known = known.older()) {
                approached += known.touch();
            }
        }
    }

    @Override
    public int common() {
        return common;
    }

    @Override
    public void key(ByteSpan span) {
        span.set(node.key());
    }

    @Override
    public byte[] key() {
        return node.key();
    }

    @Override
    public long sequence() {
        return version.sequence();
    }

    @Override
    public boolean isRemoval() {
        return version.isRemoval();
    }

    @Override
    public byte[] value() {
        return version.value();
    }

    @Override
    public void value(ByteSpan span) {
        version.value(span);
    }

    @Override
    public void close() {}
}
