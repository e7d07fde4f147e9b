package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;

/** Goes over every version of every key of a memtable, ascending. Not thread-safe. */
final class MemtableVersions implements EntryCursor {

    /** So many nodes are brought near the processor at a time. */
    private static final int APPROACHED = 32;

    private final MemtableNode[] nodes;
    private int place = -1;
    private MemtableNode node;
    private Version version;

    /** Kept only because what nobody uses would not be read. */
    private int approached;

    /**
     * @param nodes by their keys
     */
    MemtableVersions(MemtableNode[] nodes) {
        this.nodes = nodes;
    }

    @Override
    public boolean advance() {
        if (version != null && version.older() != null) {
            version = version.older();
            return true;
        }
        place++;
        if (place >= nodes.length) {
            return false;
        }
        if (place % APPROACHED == 0) {
            approach(place, Math.min(place + APPROACHED, nodes.length));
        }
        node = nodes[place];
        version = node.newest();
        return true;
    }

    /**
     * Brings nodes near with what hangs on them, each step of the way for all of them before the
     * next one: so they wait for memory at the same time.
     */
    private void approach(int from, int to) {
        int sum = approached;
        for (int index = from; index < to; index++) {
            sum += (int) nodes[index].hash();
        }
        for (int index = from; index < to; index++) {
            sum += nodes[index].newest().length() + nodes[index].key().length;
        }
        for (int index = from; index < to; index++) {
            for (Version known = nodes[index].newest(); known != null; known = known.older()) {
                sum += known.touch();
            }
        }
        approached = sum;
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
