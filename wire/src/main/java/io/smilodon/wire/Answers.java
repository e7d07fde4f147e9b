package io.smilodon.wire;

import io.smilodon.database.Traffic;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bson.BSONException;
import org.bson.io.BasicOutputBuffer;

/** What a client is answered. Owned by the thread of its connection. */
final class Answers {

    private final Delivery output;
    private final Traffic traffic;
    private final AnswerRoom room;
    private int lastId;

    /**
     * Those of one connection.
     *
     * @param traffic counts their bytes
     * @param room where they are until the client has them
     */
    Answers(Delivery output, Traffic traffic, AnswerRoom room) {
        this.output = output;
        this.traffic = traffic;
        this.room = room;
    }

    /**
     * The form of an answer.
     *
     * @param responseTo the message that it answers
     * @param isLegacy whether that is an OP_QUERY
     * @param compressor by which that was compressed
     */
    record Form(int responseTo, boolean isLegacy, Optional<Compressor> compressor) {

        /** That of a further answer, which belongs to the answer before it. */
        Form after(int answerId) {
            return new Form(answerId, isLegacy, compressor);
        }
    }

    /**
     * Sends an answer.
     *
     * @param hasMore whether another one follows by itself
     * @return the number of its message
     */
    int send(Document answer, Form form, boolean hasMore) throws IOException {
        BasicOutputBuffer body = body(answer, form, hasMore);
        boolean isPacked =
                form.compressor.isPresent() && body.getSize() >= Compression.WORTHWHILE_BYTES;
        lastId++;
        output.pending(room.complete(body.getSize()));
        try {
            send(body, isPacked, form);
        } finally {
            output.pending(0);
            room.leave();
        }
        return lastId;
    }

    private void send(BasicOutputBuffer body, boolean isPacked, Form form) throws IOException {
        int opCode = form.isLegacy ? Message.OP_REPLY : Message.OP_MSG;
        if (isPacked) {
            byte[] packed = Compression.pack(opCode, body.toByteArray(), form.compressor.get());
            writeHeader(packed.length, form, Message.OP_COMPRESSED);
            output.write(packed);
        } else {
            writeHeader(body.getSize(), form, opCode);
            body.pipe(output);
        }
        output.flush();
    }

    private BasicOutputBuffer body(Document answer, Form form, boolean hasMore) {
        BasicOutputBuffer body = new BasicOutputBuffer();
        try {
            append(answer, form, hasMore, body);
            return body;
        } catch (SmilodonException tooLarge) {
            return refusal(tooLarge, form, hasMore);
        } catch (BSONException impossible) {
            SmilodonException why =
                    new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "The answer holds what BSON cannot",
                                    Map.of("reason", impossible.getMessage()))
                            .withHint("the REST interface can send it");
            return refusal(why, form, hasMore);
        }
    }

    private BasicOutputBuffer refusal(SmilodonException why, Form form, boolean hasMore) {
        BasicOutputBuffer refusal = new BasicOutputBuffer();
        append(Commands.failure(why), form, hasMore, refusal);
        return refusal;
    }

    private void append(Document answer, Form form, boolean hasMore, BasicOutputBuffer body) {
        if (form.isLegacy) {
            OpQuery.append(answer, body); // small: a greeting
        } else {
            OpMsg.append(answer, hasMore, body, room::written);
        }
    }

    private void writeHeader(int bodyBytes, Form form, int opCode) throws IOException {
        byte[] header = new byte[Message.HEADER_BYTES];
        Message.littleEndian(header)
                .putInt(Message.HEADER_BYTES + bodyBytes)
                .putInt(lastId)
                .putInt(form.responseTo)
                .putInt(opCode);
        output.write(header);
        traffic.sent(Message.HEADER_BYTES + bodyBytes);
    }
}
