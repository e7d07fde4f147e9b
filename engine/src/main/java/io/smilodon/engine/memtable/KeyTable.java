package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.KeyHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds the node of one key at once, where the tree takes several steps, each likely a cache miss:
 * open addressing with linear probing (Knuth, "The Art of Computer Programming", vol. 3, 6.4), at
 * most half full. The seed keeps chosen keys from gathering in one place.
 *
 * <p>One thread adds, any number look; who has learnt of a commit finds its keys.
 */
final class KeyTable {

    private static final int FIRST_SLOTS = 1 << 10;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(MemtableNode[].class);

    private final long seed = ThreadLocalRandom.current().nextLong();
    private volatile MemtableNode[] slots = new MemtableNode[FIRST_SLOTS];
    private int count;

    /** How many keys there are; to others than the one that adds, roughly. */
    int count() {
        return count;
    }

    long hash(byte[] key) {
        return KeyHash.of(key, seed);
    }

    /** The node of a key with this hash; null if there is none. */
    MemtableNode find(byte[] key, long hash) {
        MemtableNode[] table = slots;
        int mask = table.length - 1;
        int slot = slotOf(hash, mask);
        MemtableNode node = (MemtableNode) SLOT.getAcquire(table, slot);
        while (node != null && (node.hash() != hash || !Arrays.equals(node.key(), key))) {
            slot = slot + 1 & mask;
            node = (MemtableNode) SLOT.getAcquire(table, slot);
        }
        return node;
    }

    /** Adds a node whose key is not there yet. */
    void add(MemtableNode node) {
        count++;
        if (2 * count > slots.length) {
            grow();
        }
        put(slots, node);
    }

    private void grow() {
        MemtableNode[] larger = new MemtableNode[2 * slots.length];
        for (MemtableNode node : slots) {
            if (node != null) {
                put(larger, node);
            }
        }
        slots = larger;
    }

    private void put(MemtableNode[] table, MemtableNode node) {
        int mask = table.length - 1;
        int slot = slotOf(node.hash(), mask);
        while (table[slot] != null) {
            slot = slot + 1 & mask;
        }
        SLOT.setRelease(table, slot, node);
    }

    private static int slotOf(long hash, int mask) {
        return (int) (hash >>> 32) & mask;
    }
}
