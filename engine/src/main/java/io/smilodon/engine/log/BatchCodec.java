package io.smilodon.engine.log;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
     * @param notes opaque to the store
     */
    public static byte[] encode(SortedWrites writes, List<byte[]> notes) {
        int items = writes.size() + notes.size();
        ByteWriter writer = new ByteWriter(encodedBytes(writes, notes));
        writer.varint(items);
        for (Write write : writes) {
            if (write.value().isPresent()) {
                writer.u8(PUT).sized(write.key()).sized(write.value().get());
            } else {
                writer.u8(DELETE).sized(write.key());
            }
        }
        notes.forEach(note -> writer.u8(NOTE).sized(note));
        return writer.toBytes();
    }

    /** Exactly: large batches are built without copying them. */
    private static int encodedBytes(SortedWrites writes, List<byte[]> notes) {
        int items = writes.size() + notes.size();
        long bytes = ByteWriter.varintBytes(items) + items + writes.sizedBytes();
        for (byte[] note : notes) {
            bytes += ByteWriter.varintBytes(note.length) + note.length;
        }
        return Math.toIntExact(bytes);
    }

    /**
     * What a batch says.
     *
     * @param notes opaque to the store
     */
    public record Batch(SortedWrites writes, List<byte[]> notes) {}

    public static Batch decode(byte[] payload) {
        SortedWrites writes = new SortedWrites();
        List<byte[]> notes = new ArrayList<>();
        ByteReader reader = new ByteReader(payload);
        int count = reader.length();
        for (int index = 0; index < count; index++) {
            int operation = reader.u8();
            byte[] first = reader.sized();
            switch (operation) {
                case PUT -> writes.put(new Write(first, Optional.of(reader.sized())));
                case DELETE -> writes.put(new Write(first, Optional.empty()));
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
