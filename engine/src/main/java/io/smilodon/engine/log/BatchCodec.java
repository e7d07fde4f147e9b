package io.smilodon.engine.log;

import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The payload of a commit.
 *
 * <pre>
 * batch := count varint | item*
 * item  := 1 u8 | keyLength varint | key | valueLength varint | value        (put)
 *        | 2 u8 | keyLength varint | key                                     (delete)
 *        | 3 u8 | length varint | bytes                                        (note)
 * </pre>
 *
 * Pure functions.
 */
public final class BatchCodec {

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int NOTE = 3;

    private BatchCodec() {}

    /**
     * @param writes by key; a removal is an empty value
     * @param notes opaque to the store
     * @param sizeHint about how many bytes that will be
     */
    public static byte[] encode(Map<byte[], Optional<byte[]>> writes, List<byte[]> notes) {
        int items = writes.size() + notes.size();
        ByteWriter writer = new ByteWriter(encodedBytes(writes, notes));
        writer.varint(items);
        writes.forEach(
                (key, value) -> {
                    writer.u8(value.isPresent() ? PUT : DELETE).sized(key);
                    value.ifPresent(writer::sized);
                });
        notes.forEach(note -> writer.u8(NOTE).sized(note));
        return writer.toBytes();
    }

    /** Exactly: large batches are built without copying them. */
    private static int encodedBytes(Map<byte[], Optional<byte[]>> writes, List<byte[]> notes) {
        long bytes = ByteWriter.varintBytes(writes.size() + notes.size());
        for (Map.Entry<byte[], Optional<byte[]>> write : writes.entrySet()) {
            bytes += 1 + sizedBytes(write.getKey());
            bytes += write.getValue().isPresent() ? sizedBytes(write.getValue().get()) : 0;
        }
        for (byte[] note : notes) {
            bytes += 1 + sizedBytes(note);
        }
        return Math.toIntExact(bytes);
    }

    private static int sizedBytes(byte[] content) {
        return ByteWriter.varintBytes(content.length) + content.length;
    }

    /**
     * What a batch says.
     *
     * @param writes by key; a removal is an empty value
     * @param notes opaque to the store
     */
    public record Batch(NavigableMap<byte[], Optional<byte[]>> writes, List<byte[]> notes) {}

    public static Batch decode(byte[] payload) {
        NavigableMap<byte[], Optional<byte[]>> writes = new TreeMap<>(Arrays::compareUnsigned);
        List<byte[]> notes = new ArrayList<>();
        ByteReader reader = new ByteReader(payload);
        int count = reader.length();
        for (int index = 0; index < count; index++) {
            int operation = reader.u8();
            byte[] first = reader.sized();
            switch (operation) {
                case PUT -> writes.put(first, Optional.of(reader.sized()));
                case DELETE -> writes.put(first, Optional.empty());
                case NOTE -> notes.add(first);
                default -> throw new MalformedBytesException("operation " + operation);
            }
        }
        if (reader.hasMore()) {
            throw new MalformedBytesException("bytes after the last write");
        }
        return new Batch(writes, notes);
    }
}
