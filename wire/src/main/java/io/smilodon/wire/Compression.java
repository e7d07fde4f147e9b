package io.smilodon.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Messages inside messages, made smaller by zlib; other compressors are not offered.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/compression/OP_COMPRESSED.md">Wire
 *     compression specification</a>
 */
final class Compression {

    /** The name that both sides agree on. */
    static final String NAME = "zlib";

    private static final byte NONE = 0;
    private static final byte ZLIB = 2;

    /** The original code, its length, the compressor. */
    static final int PREFIX_BYTES = 2 * Integer.BYTES + 1;

    /** Answers below it are not worth the work. */
    static final int WORTHWHILE_BYTES = 512;

    private Compression() {}

    /** The message inside a message. */
    static Message unpack(Message message) throws MalformedMessageException {
        ByteBuffer body = message.body();
        if (body.remaining() < PREFIX_BYTES) {
            throw new MalformedMessageException("a compressed message ends too early");
        }
        int opCode = body.getInt();
        int length = body.getInt();
        byte compressor = body.get();
        if (opCode == Message.OP_COMPRESSED) {
            throw new MalformedMessageException("a compressed message inside another");
        }
        if (length < 0 || length > Message.BYTES_MAX - Message.HEADER_BYTES) {
            throw new MalformedMessageException("a compressed message of " + length + " bytes");
        }
        byte[] plain =
                switch (compressor) {
                    case NONE -> copy(body, length);
                    case ZLIB -> inflate(body, length);
                    default -> throw new MalformedMessageException("compressor " + compressor);
                };
        return new Message(
                message.requestId(), message.responseTo(), opCode, Message.littleEndian(plain));
    }

    private static byte[] copy(ByteBuffer body, int length) throws MalformedMessageException {
        if (body.remaining() != length) {
            throw new MalformedMessageException("not " + length + " bytes, as it says");
        }
        byte[] plain = new byte[length];
        body.get(plain);
        return plain;
    }

    /** Zlib makes at most about a thousand bytes out of one: the length is checked by that. */
    private static byte[] inflate(ByteBuffer body, int length) throws MalformedMessageException {
        if (length / 1032 > body.remaining()) {
            throw new MalformedMessageException(
                    body.remaining() + " bytes cannot become " + length);
        }
        byte[] plain = new byte[length];
        try (Ending inflater = new Ending(new Inflater())) {
            inflater.inflater.setInput(body);
            int done = inflater.inflater.inflate(plain);
            if (done != length || inflater.inflater.inflate(new byte[1]) != 0) {
                throw new MalformedMessageException("not " + length + " bytes, as it says");
            }
            return plain;
        } catch (DataFormatException e) {
            throw new MalformedMessageException("not zlib: " + e.getMessage());
        }
    }

    /** Frees the memory outside the heap. */
    private record Ending(Inflater inflater) implements AutoCloseable {
        @Override
        public void close() {
            inflater.end();
        }
    }

    /** The body of a compressed message. */
    static byte[] pack(int opCode, byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] packed = new byte[PREFIX_BYTES + plain.length + plain.length / 1000 + 64];
            Message.littleEndian(packed).putInt(opCode).putInt(plain.length).put(ZLIB);
            int length = deflater.deflate(packed, PREFIX_BYTES, packed.length - PREFIX_BYTES);
            return Arrays.copyOf(packed, PREFIX_BYTES + length);
        } finally {
            deflater.end();
        }
    }
}
