package io.smilodon.index.ordered;

import io.smilodon.engine.store.KeyRange;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How entries of ordered indexes stand in the store.
 *
 * <pre>
 * key of a plain index  := 0x03 | indexId u32 | fields | id
 * key of a unique index := 0x03 | indexId u32 | fields | [hash u8[16]]
 * fields                := the values encoded by KeyCodec, one after the other
 * id                    := the encoded _id
 *
 * value of a plain index  := [flags u8 | rest]     (empty if the flags are 0 and the rest is empty)
 * value of a unique index := flags u8 | idLength u16 | id | rest
 * flags                   := 0, or 1 if the fields were cut
 * rest of a whole entry   := type bits: what KeyCodec's bytes do not say of the values
 * rest of a cut entry     := count u8 | end u16[count]     (of the fields that are whole)
 * </pre>
 *
 * Numbers are big-endian. Fields longer than {@value #FIELDS_BYTES_MAX} bytes are cut there, which
 * keeps entries in order: no encoded value is the beginning of another. In a unique index the hash
 * follows, the first half of the SHA-256 of all the fields: so equal tuples, and only those, share
 * a key.
 */
final class EntryFormat {

    static final byte AREA = 0x03;
    static final int PREFIX_BYTES = 5;

    /** With prefix, hash or the longest {@code _id}, an entry stays below the limit of keys. */
    static final int FIELDS_BYTES_MAX = 3_000;

    static final int HASH_BYTES = 16;
    static final byte WHOLE = 0;
    static final byte CUT = 1;

    /** Prefix and fields. */
    static final int KEY_BYTES_MAX = PREFIX_BYTES + FIELDS_BYTES_MAX;

    private EntryFormat() {}

    /** What every key of the index starts with. */
    static byte[] prefix(int indexId) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(AREA).putInt(indexId).array();
    }

    /** The keys of all entries of the index. */
    static KeyRange range(int indexId) {
        return KeyRange.prefix(prefix(indexId));
    }

    /** Whether a prefix with these fields behind it has to be cut. */
    static boolean isTooLong(byte[] prefixAndFields) {
        return prefixAndFields.length > KEY_BYTES_MAX;
    }

    static byte[] cut(byte[] prefixAndFields) {
        return isTooLong(prefixAndFields)
                ? Arrays.copyOf(prefixAndFields, KEY_BYTES_MAX)
                : prefixAndFields;
    }
}
