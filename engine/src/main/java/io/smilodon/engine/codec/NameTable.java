package io.smilodon.engine.codec;

/**
 * The bytes of names that were written lately: most documents of a program have the same few names.
 * A name in the place of another one only costs time. Thread-safe without locks: entries are
 * immutable.
 */
final class NameTable {

    private static final int SLOTS = 1 << 10;
    private static final byte[] UNKNOWN = {};
    private static final Entry[] ENTRIES = new Entry[SLOTS];

    private NameTable() {}

    private record Entry(String name, byte[] bytes) {}

    /** The name as Smile has it, its token first; nothing if that is not known. */
    static byte[] find(String name) {
        Entry entry = ENTRIES[slot(name)];
        return entry != null && entry.name.equals(name) ? entry.bytes : UNKNOWN;
    }

    static void add(String name, byte[] bytes) {
        ENTRIES[slot(name)] = new Entry(name, bytes);
    }

    private static int slot(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
