package io.smilodon.index.ordered;

import io.smilodon.engine.codec.KeyWriter;
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
        KeyWriter out = new KeyWriter();
        for (IndexKey key : keys) {
            Entry entry = entry(key, idKey, out);
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
        KeyWriter out = new KeyWriter();
        for (IndexKey key : keys) {
            Entry entry = entry(key, idKey, out);
            entries.add(entry);
            isCut |= entry.isCut();
        }
        return isCut ? List.copyOf(entries(keys, idKey).values()) : entries;
    }

    /**
     * @param out puts the key together, for one entry after the other
     */
    private Entry entry(IndexKey key, byte[] idKey, KeyWriter out) {
        FieldCodec.append(key, pattern, out.clear().appendBytes(prefix));
        if (out.length() > EntryFormat.KEY_BYTES_MAX) {
            return cutEntry(key, idKey);
        }
        byte[] rest = out.typeBits();
        return definition.options().hasUniqueEntries()
                ? new Entry(out.toKey(), uniqueValue(idKey, false, rest), key, false)
                : new Entry(out.appendBytes(idKey).toKey(), plainValue(false, rest), key, false);
    }

    /** The key in the store of the entry that an index with unique entries has for a key. */
    byte[] uniqueKey(IndexKey key) {
        KeyWriter out = new KeyWriter().appendBytes(prefix);
        FieldCodec.append(key, pattern, out);
        if (out.length() <= EntryFormat.KEY_BYTES_MAX) {
            return out.toKey();
        }
        EncodedFields fields = FieldCodec.encode(key, pattern);
        return cutKey(fields, hash(fields.bytes()));
    }

    private Entry cutEntry(IndexKey key, byte[] idKey) {
        EncodedFields fields = FieldCodec.encode(key, pattern);
        byte[] rest = endsOfWholeFields(fields);
        return definition.options().hasUniqueEntries()
                ? new Entry(
                        cutKey(fields, hash(fields.bytes())),
                        uniqueValue(idKey, true, rest),
                        key,
                        true)
                : new Entry(cutKey(fields, idKey), plainValue(true, rest), key, true);
    }

    private byte[] cutKey(EncodedFields fields, byte[] tail) {
        return ByteBuffer.allocate(EntryFormat.KEY_BYTES_MAX + tail.length)
                .put(prefix)
                .put(fields.bytes(), 0, EntryFormat.FIELDS_BYTES_MAX)
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
