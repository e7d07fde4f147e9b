package io.smilodon.database.stream;

import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of what an update changed.
 *
 * <pre>
 * change := steps varint · step{steps} · size varint     0, or 1 more than an array was cut to
 * step   := 0 u8 · name sized (UTF-8)
 *         | 1 u8 · index varint
 * </pre>
 *
 * Pure functions.
 */
final class PathChangeCodec {

    private static final int NAME = 0;
    private static final int INDEX = 1;

    private PathChangeCodec() {}

    static void write(PathChange change, ByteWriter writer) {
        writer.varint(change.path().size());
        for (Value step : change.path()) {
            if (step instanceof StringValue name) {
                writer.u8(NAME).sized(name.value().getBytes(StandardCharsets.UTF_8));
            } else {
                writer.u8(INDEX).varint(((Int32Value) step).value());
            }
        }
        writer.varint(change.newSize().isPresent() ? change.newSize().getAsInt() + 1L : 0);
    }

    /** The changes up to the end of the bytes. */
    static List<PathChange> readAll(ByteReader reader) {
        List<PathChange> changes = new ArrayList<>();
        while (reader.hasMore()) {
            changes.add(read(reader));
        }
        return changes;
    }

    private static PathChange read(ByteReader reader) {
        int count = reader.length();
        List<Value> path = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            path.add(step(reader));
        }
        int size = number(reader);
        return size == 0 ? PathChange.of(path) : PathChange.cut(path, size - 1);
    }

    private static Value step(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case NAME -> new StringValue(new String(reader.sized(), StandardCharsets.UTF_8));
            case INDEX -> new Int32Value(number(reader));
            default -> throw new MalformedBytesException("a step of kind " + kind);
        };
    }

    private static int number(ByteReader reader) {
        long number = reader.varint();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedBytesException("a number " + number);
        }
        return (int) number;
    }
}
