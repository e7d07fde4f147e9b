package io.smilodon.engine.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of names that were written lately: most documents of a program have the same few names.
 * A name in the place of another one only costs time. Thread-safe without locks: entries are
 * immutable.
 */
final class NameTable {

    private static final int SLOTS = 1 << 10;
    private static final Name UNKNOWN = new Name("", new byte[0]);
    private static final Name[] NAMES = new Name[SLOTS];

    private NameTable() {}

    /** A name as Smile has it, its token first; of none if the name is not known. */
    static final class Name {

        private final String text;
        private final byte[] bytes;

        /** The first eight bytes: most names have no more, and are written at once. */
        private final long head;

        private Name(String text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes;
            this.head = ByteBuffer.wrap(Arrays.copyOf(bytes, Long.BYTES)).getLong();
        }

        boolean isKnown() {
            return this != UNKNOWN;
        }

        void appendTo(ByteSink out) {
            if (bytes.length <= Long.BYTES) {
                out.putHighest(head, bytes.length);
            } else {
                out.put(bytes);
            }
        }
    }

    static Name find(String text) {
        Name name = NAMES[slot(text)];
        return name != null && name.text.equals(text) ? name : UNKNOWN;
    }

    static void add(String text, byte[] bytes) {
        NAMES[slot(text)] = new Name(text, bytes);
    }

    private static int slot(String text) {
        int hash = text.hashCode();
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
