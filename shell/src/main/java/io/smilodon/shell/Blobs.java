package io.smilodon.shell;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as scripts see them: text where they are UTF-8, else binary. Pure functions. */
final class Blobs {

    private Blobs() {}

    static Value shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return isText ? Value.of(text) : new BinaryValue((byte) 0, bytes);
    }

    static byte[] bytes(Value value) {
        return switch (value) {
            case StringValue text -> text.value().getBytes(StandardCharsets.UTF_8);
            case BinaryValue binary -> binary.bytes();
            default -> throw new ShellException("a blob is text or Binary");
        };
    }
}
