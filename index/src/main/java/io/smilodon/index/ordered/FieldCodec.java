package io.smilodon.index.ordered;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.codec.KeyReader;
import io.smilodon.engine.codec.KeyWriter;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPattern;
import java.util.ArrayList;
import java.util.List;

/** The values of index keys as bytes: {@link KeyCodec}, one value per part of a pattern. */
final class FieldCodec {

    private FieldCodec() {}

    static byte[] encode(Value value, Direction direction) {
        return KeyCodec.encode(value, direction);
    }

    static void append(IndexKey key, KeyPattern pattern, KeyWriter writer) {
        for (int part = 0; part < pattern.length(); part++) {
            writer.append(key.value(part), pattern.part(part).direction());
        }
    }

    static EncodedFields encode(IndexKey key, KeyPattern pattern) {
        KeyWriter writer = new KeyWriter();
        int[] ends = new int[pattern.length()];
        for (int part = 0; part < ends.length; part++) {
            writer.append(key.value(part), pattern.part(part).direction());
            ends[part] = writer.length();
        }
        return new EncodedFields(writer.toKey(), ends, writer.typeBits());
    }

    /** Where the value that starts here ends. */
    static int end(byte[] key, int start, Direction direction) {
        KeyReader reader = new KeyReader(key, start);
        reader.skip(direction);
        return reader.position();
    }

    /** The values that start here, in the exact types that were encoded. */
    static IndexKey decode(KeyReader reader, KeyPattern pattern) {
        List<Value> values = new ArrayList<>(pattern.length());
        pattern.parts().forEach(part -> values.add(reader.next(part.direction())));
        return new IndexKey(values);
    }
}
