package io.smilodon.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A message as it comes: the header of the wire protocol, and what follows it.
 *
 * @param requestId by which the sender knows its answer
 * @param responseTo whose answer it is; clients do not answer
 * @param opCode what follows the header
 * @param body that, little-endian, to be read from the start
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/">MongoDB wire
 *     protocol</a>
 */
record Message(int requestId, int responseTo, int opCode, ByteBuffer body) {

    /** The largest message, with its header. */
    static final int BYTES_MAX = 48_000_000;

    static final int HEADER_BYTES = 16;

    static final int OP_REPLY = 1;
    static final int OP_QUERY = 2004;
    static final int OP_COMPRESSED = 2012;
    static final int OP_MSG = 2013;

    /**
     * Waits for the next message. Its length is not trusted: memory is taken as its bytes arrive.
     *
     * @return nothing if the connection has ended between two messages
     */
    static Optional<Message> read(InputStream input) throws IOException, MalformedMessageException {
        return read(input, length -> {});
    }

    /** Is told how long a message will be, before it takes memory. */
    @FunctionalInterface
    interface Announcement {
        void accept(int length) throws IOException;
    }

    /**
     * The same.
     *
     * @param announcement told of the length; it may throw to refuse it
     */
    static Optional<Message> read(InputStream input, Announcement announcement)
            throws IOException, MalformedMessageException {
        byte[] start = input.readNBytes(HEADER_BYTES);
        if (start.length == 0) {
            return Optional.empty();
        }
        if (start.length < HEADER_BYTES) {
            throw new EOFException("the connection ended inside a header");
        }
        ByteBuffer header = littleEndian(start);
        int length = header.getInt();
        if (length < HEADER_BYTES || length > BYTES_MAX) {
            throw new MalformedMessageException(
                    "a message of " + length + " bytes; 16 to " + BYTES_MAX + " are possible");
        }
        int requestId = header.getInt();
        int responseTo = header.getInt();
        int opCode = header.getInt();
        announcement.accept(length);
        byte[] body = input.readNBytes(length - HEADER_BYTES);
        if (body.length < length - HEADER_BYTES) {
            throw new EOFException("the connection ended inside a message");
        }
        return Optional.of(new Message(requestId, responseTo, opCode, littleEndian(body)));
    }

    /** The bytes after the header, read as the protocol writes numbers. */
    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many bytes it has, its header among them. */
    int size() {
        return HEADER_BYTES + body.capacity();
    }

    /** CRC-32C of all of it but the four bytes of the checksum itself, as OP_MSG has it. */
    int checksum() {
        CRC32C checksum = new CRC32C();
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(size()).putInt(requestId);
        header.putInt(responseTo).putInt(opCode);
        checksum.update(header.flip());
        checksum.update(body.duplicate().position(0).limit(body.capacity() - Integer.BYTES));
        return (int) checksum.getValue();
    }
}
