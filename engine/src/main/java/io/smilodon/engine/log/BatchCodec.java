package io.smilodon.engine.log;

import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The payload of a commit.
 *
 * <pre>
 * batch := count varint | write*
 * write := 1 u8 | keyLength varint | key | valueLength varint | value        (put)
 *        | 2 u8 | keyLength varint | key                                     (delete)
 * </pre>
 *
 * Pure functions.
 */
public final class BatchCodec {

    private static final int PUT = 1;
    private static final int DELETE = 2;

    private BatchCodec() {}

    /**
     * @param writes by key; a removal is an empty value
     * @param sizeHint about how many bytes that will be
     */
    public static byte[] encode(Map<byte[], Optional<byte[]>> writes, long sizeHint) {
        ByteWriter writer =
                new ByteWriter((int) Math.min(sizeHint + 8L * writes.size() + 16, 1 << 30));
        writer.varint(writes.size());
        writes.forEach(
                (key, value) -> {
                    writer.u8(value.isPresent() ? PUT : DELETE).sized(key);
                    value.ifPresent(writer::sized);
                });
        return writer.toBytes();
    }

    public static NavigableMap<byte[], Optional<byte[]>> decode(byte[] payload) {
        NavigableMap<byte[], Optional<byte[]>> writes = new TreeMap<>(Arrays::compareUnsigned);
        ByteReader reader = new ByteReader(payload);
        int count = reader.length();
        for (int index = 0; index < count; index++) {
            int operation = reader.u8();
            byte[] key = reader.sized();
            writes.put(
                    key,
                    switch (operation) {
                        case PUT -> Optional.of(reader.sized());
                        case DELETE -> Optional.empty();
                        default -> throw new MalformedBytesException("operation " + operation);
                    });
        }
        if (reader.hasMore()) {
            throw new MalformedBytesException("bytes after the last write");
        }
        return writes;
    }
}
