package io.smilodon.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts of the protocol outside documents: UTF-8 up to a zero. */
final class Text {

    private Text() {}

    /** Reads a text, and moves behind its zero. */
    static String read(ByteBuffer source) throws MalformedMessageException {
        int start = source.position();
        while (source.hasRemaining()) {
            if (source.get() == 0) {
                byte[] bytes = new byte[source.position() - 1 - start];
                source.get(start, bytes);
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        throw new MalformedMessageException("a name has no end");
    }
}
