package io.smilodon.wire;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.bson.io.BasicOutputBuffer;

/**
 * The message of today: flags, then sections. One section is the command; others hold the documents
 * of one of its arrays, so that they need not be elements of an array.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md">OP_MSG
 *     specification</a>
 */
final class OpMsg {

    private static final int CHECKSUM_PRESENT = 1;
    private static final int MORE_TO_COME = 2;
    private static final int EXHAUST_ALLOWED = 1 << 16;

    /** Flags that a receiver has to know; it may pass over those of the upper half. */
    private static final int REQUIRED = 0xFFFF;

    private static final int COMMAND = 0;
    private static final int SEQUENCE = 1;
    private static final int SEQUENCE_COUNT_MAX = 100_000;
    private static final ErrorCode INVALID_LENGTH = new ErrorCode(16, "InvalidLength");

    private OpMsg() {}

    /**
     * Reads a request.
     *
     * @param allowance of which the values of the documents are taken
     * @throws SmilodonException for a section that is no document
     */
    static Request read(Message message, Allowance allowance) throws MalformedMessageException {
        ByteBuffer body = message.body();
        require(body, Integer.BYTES);
        int flags = body.getInt();
        if ((flags & REQUIRED & ~(CHECKSUM_PRESENT | MORE_TO_COME)) != 0) {
            throw new MalformedMessageException("unknown flags: " + Integer.toHexString(flags));
        }
        if ((flags & CHECKSUM_PRESENT) != 0) {
            checkSum(message);
        }
        boolean isAnswered = (flags & MORE_TO_COME) == 0;
        boolean mayStream = isAnswered && (flags & EXHAUST_ALLOWED) != 0;
        return new Request(command(body, allowance), isAnswered, mayStream);
    }

    /** Whether the sender waits for an answer, whatever else the message holds. */
    static boolean isAnswered(Message message) {
        ByteBuffer body = message.body();
        return body.limit() < Integer.BYTES || (body.getInt(0) & MORE_TO_COME) == 0;
    }

    /** Compares the checksum at the end, and cuts it off. */
    private static void checkSum(Message message) throws MalformedMessageException {
        ByteBuffer body = message.body();
        require(body, Integer.BYTES);
        int end = body.limit() - Integer.BYTES;
        if (body.getInt(end) != message.checksum()) {
            throw new MalformedMessageException("the checksum of a message is wrong");
        }
        body.limit(end);
    }

    private static Document command(ByteBuffer body, Allowance allowance)
            throws MalformedMessageException {
        Optional<Document> command = Optional.empty();
        List<Sequence> sequences = new ArrayList<>();
        while (body.hasRemaining()) {
            int kind = body.get();
            if (kind == SEQUENCE) {
                sequences.add(sequence(body, allowance));
            } else if (kind == COMMAND && command.isEmpty()) {
                command = Optional.of(BsonInput.next(body, allowance));
            } else {
                throw new MalformedMessageException("a second command, or a section " + kind);
            }
        }
        Document whole =
                command.orElseThrow(() -> new MalformedMessageException("there is no command"));
        return sequences.isEmpty() ? whole : joined(whole, sequences);
    }

    /** Documents of an array of the command. */
    private record Sequence(String name, List<Value> documents) {}

    private static Sequence sequence(ByteBuffer body, Allowance allowance)
            throws MalformedMessageException {
        require(body, Integer.BYTES);
        int start = body.position();
        int length = body.getInt();
        if (length < Integer.BYTES || length > body.limit() - start) {
            throw new MalformedMessageException("a section of " + length + " bytes");
        }
        ByteBuffer section = body.slice(start, length).order(body.order());
        section.position(Integer.BYTES);
        body.position(start + length);
        String name = Text.read(section);
        List<Value> documents = new ArrayList<>();
        while (section.hasRemaining()) {
            documents.add(BsonInput.next(section, allowance));
            if (documents.size() > SEQUENCE_COUNT_MAX) {
                throw new SmilodonException(
                        INVALID_LENGTH,
                        "Write batch sizes must be between 1 and 100000",
                        Map.of("section", name));
            }
        }
        return new Sequence(name, documents);
    }

    private static Document joined(Document command, List<Sequence> sequences)
            throws MalformedMessageException {
        Document joined = command;
        for (Sequence sequence : sequences) {
            if (joined.has(sequence.name())) {
                throw new MalformedMessageException("an array twice: " + sequence.name());
            }
            joined = joined.with(sequence.name(), ArrayValue.of(sequence.documents()));
        }
        return joined;
    }

    private static void require(ByteBuffer body, int bytes) throws MalformedMessageException {
        if (body.remaining() < bytes) {
            throw new MalformedMessageException("a message ends too early");
        }
    }

    /**
     * Appends an answer, all but the header.
     *
     * @param hasMore whether another one follows that is not asked for
     */
    static void append(Document answer, boolean hasMore, BasicOutputBuffer output) {
        append(answer, hasMore, output, bytes -> {});
    }

    /**
     * The same.
     *
     * @param growth is told now and then how much is there; it may throw to end it
     */
    static void append(
            Document answer, boolean hasMore, BasicOutputBuffer output, IntConsumer growth) {
        output.writeInt32(hasMore ? MORE_TO_COME : 0);
        output.writeByte(COMMAND);
        BsonOutput.append(answer, output, growth);
    }
}
