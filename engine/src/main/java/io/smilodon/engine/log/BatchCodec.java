package io.smilodon.engine.log;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.entry.WriteItem;
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
 * item  := {@link WriteItem}
 *        | 3 u8 | length varint | bytes                                        (note)
 * </pre>
 *
 * Pure functions.
 */
public final class BatchCodec {

    private static final int NOTE = 3;

    private BatchCodec() {}

    /**
     * @param notes opaque to the store
     * @return the bytes, in which {@link SortedWrites#packed} finds the writes if they are many
     */
    public static byte[] encode(SortedWrites writes, List<byte[]> notes) {
        int items = writes.size() + notes.size();
        ByteWriter writer = new ByteWriter(encodedBytes(writes, notes));
        writer.varint(items);
        writes.appendTo(writer);
        notes.forEach(note -> writer.u8(NOTE).sized(note));
        return writer.toBytes();
    }

    /** Exactly: batches are built without copying them, and others look at where writes lie. */
    private static int encodedBytes(SortedWrites writes, List<byte[]> notes) {
        int items = writes.size() + notes.size();
        long bytes = ByteWriter.varintBytes(items) + (long) writes.packedBytes();
        for (byte[] note : notes) {
            bytes += 1 + ByteWriter.varintBytes(note.length) + note.length;
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
                case WriteItem.PUT -> writes.put(new Write(first, Optional.of(reader.sized())));
                case WriteItem.REMOVAL -> writes.put(new Write(first, Optional.empty()));
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
