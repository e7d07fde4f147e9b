package io.smilodon.wire;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Messages inside messages, made smaller.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/compression/OP_COMPRESSED.md">Wire
 *     compression specification</a>
 */
final class Compression {

    private static final byte NONE = 0;

    /** The original code, its length, the compressor. */
    static final int PREFIX_BYTES = 2 * Integer.BYTES + 1;

    /** Answers below it are not worth the work. */
    static final int WORTHWHILE_BYTES = 512;

    private Compression() {}

    /**
     * Which compressors both sides know, in the order of the client.
     *
     * @param offered what the client names in its greeting
     */
    static List<Value> agreed(Value offered) {
        if (!(offered instanceof ArrayValue names)) {
            return List.of();
        }
        return names.elements().stream()
                .filter(name -> Compressor.named(name).isPresent())
                .toList();
    }

    /**
     * The message inside a message.
     *
     * @param plain that
     * @param compressor by which its answer is to be made smaller; empty for an answer as it is
     */
    record Unpacked(Message plain, Optional<Compressor> compressor) {}

    /** How long the message inside a message is, as it says, or the message itself. */
    static int plainBytes(Message message) {
        ByteBuffer body = message.body();
        int own = body.limit();
        return message.opCode() == Message.OP_COMPRESSED && own >= PREFIX_BYTES
                ? Math.max(own, body.getInt(Integer.BYTES))
                : own;
    }

    /** Takes the message out of a message; as it is, if it is no OP_COMPRESSED. */
    static Unpacked unpack(Message message) throws MalformedMessageException {
        if (message.opCode() != Message.OP_COMPRESSED) {
            return new Unpacked(message, Optional.empty());
        }
        ByteBuffer body = message.body();
        if (body.remaining() < PREFIX_BYTES) {
            throw new MalformedMessageException("a compressed message ends too early");
        }
        int opCode = body.getInt();
        int length = body.getInt();
        byte number = body.get();
        if (opCode == Message.OP_COMPRESSED) {
            throw new MalformedMessageException("a compressed message inside another");
        }
        if (length < 0 || length > Message.BYTES_MAX - Message.HEADER_BYTES) {
            throw new MalformedMessageException("a compressed message of " + length + " bytes");
        }
        Optional<Compressor> compressor = Compressor.numbered(number);
        byte[] packed = new byte[body.remaining()];
        body.get(packed);
        byte[] plain;
        if (compressor.isPresent()) {
            plain = compressor.get().unpack(packed, length);
        } else if (number == NONE && packed.length == length) {
            plain = packed;
        } else {
            throw new MalformedMessageException(
                    length + " bytes in " + packed.length + " by compressor " + number);
        }
        ByteBuffer inside = Message.littleEndian(plain);
        return new Unpacked(
                new Message(message.requestId(), message.responseTo(), opCode, inside), compressor);
    }

    /** The body of a compressed message. */
    static byte[] pack(int opCode, byte[] plain, Compressor compressor) {
        byte[] packed = compressor.pack(plain);
        byte[] body = new byte[PREFIX_BYTES + packed.length];
        Message.littleEndian(body)
                .putInt(opCode)
                .putInt(plain.length)
                .put(compressor.number())
                .put(packed);
        return body;
    }
}
