package io.smilodon.index.ordered;

import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPattern;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Turns the keys of a document into entries; see {@link EntryFormat}. Thread-safe. */
final class EntryWriter {

    private final IndexDefinition definition;
    private final KeyPattern pattern;
    private final byte[] prefix;

    EntryWriter(IndexDefinition definition) {
        this.definition = definition;
        this.pattern = definition.keyPattern();
        this.prefix = EntryFormat.prefix(definition.id());
    }

    /** The entries of one document by their keys in the store. */
    NavigableMap<byte[], Entry> entries(Collection<IndexKey> keys, byte[] idKey) {
        NavigableMap<byte[], Entry> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (IndexKey key : keys) {
            Entry entry = entry(key, idKey);
            entries.putIfAbsent(entry.key(), entry);
        }
        return entries;
    }

    /**
     * The same entries in the order of the keys, which are distinct; so are entries, but for plain
     * ones that were cut.
     */
    List<Entry> inOrderOf(Collection<IndexKey> keys, byte[] idKey) {
        List<Entry> entries = new ArrayList<>(keys.size());
        boolean isCut = false;
        for (IndexKey key : keys) {
            Entry entry = entry(key, idKey);
            entries.add(entry);
            isCut |= entry.isCut();
        }
        return isCut ? List.copyOf(entries(keys, idKey).values()) : entries;
    }

    private Entry entry(IndexKey key, byte[] idKey) {
        EncodedFields fields = FieldCodec.encode(key, pattern);
        boolean isCut = fields.bytes().length > EntryFormat.FIELDS_BYTES_MAX;
        byte[] rest = isCut ? endsOfWholeFields(fields) : fields.typeBits();
        return definition.options().unique()
                ? new Entry(uniqueKey(fields, isCut), uniqueValue(idKey, isCut, rest), key, isCut)
                : new Entry(plainKey(fields, idKey), plainValue(isCut, rest), key, isCut);
    }

    private byte[] plainKey(EncodedFields fields, byte[] idKey) {
        return key(fields, idKey);
    }

    private byte[] uniqueKey(EncodedFields fields, boolean isCut) {
        return key(fields, isCut ? hash(fields.bytes()) : new byte[0]);
    }

    private byte[] key(EncodedFields fields, byte[] tail) {
        int length = Math.min(fields.bytes().length, EntryFormat.FIELDS_BYTES_MAX);
        return ByteBuffer.allocate(prefix.length + length + tail.length)
                .put(prefix)
                .put(fields.bytes(), 0, length)
                .put(tail)
                .array();
    }

    private static byte[] plainValue(boolean isCut, byte[] rest) {
        if (!isCut && rest.length == 0) {
            return rest;
        }
        return ByteBuffer.allocate(1 + rest.length).put(flags(isCut)).put(rest).array();
    }

    private static byte[] uniqueValue(byte[] idKey, boolean isCut, byte[] rest) {
        return ByteBuffer.allocate(1 + Short.BYTES + idKey.length + rest.length)
                .put(flags(isCut))
                .putShort((short) idKey.length)
                .put(idKey)
                .put(rest)
                .array();
    }

    private static byte flags(boolean isCut) {
        return isCut ? EntryFormat.CUT : EntryFormat.WHOLE;
    }

    private static byte[] endsOfWholeFields(EncodedFields fields) {
        int[] ends =
                Arrays.stream(fields.ends())
                        .filter(end -> end <= EntryFormat.FIELDS_BYTES_MAX)
                        .toArray();
        ByteBuffer buffer = ByteBuffer.allocate(1 + ends.length * Short.BYTES);
        buffer.put((byte) ends.length);
        for (int end : ends) {
            buffer.putShort((short) end);
        }
        return buffer.array();
    }

    private static byte[] hash(byte[] fields) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(fields);
            return Arrays.copyOf(digest, EntryFormat.HASH_BYTES);
        } catch (NoSuchAlgorithmException absent) {
            throw new AssertionError("every Java platform has SHA-256", absent);
        }
    }
}
