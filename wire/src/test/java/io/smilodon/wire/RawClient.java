package io.smilodon.wire;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bson.io.BasicOutputBuffer;

/** A client that sends whatever bytes a test wants. */
final class RawClient implements AutoCloseable {

    private static final int WAIT_MILLIS_MAX = 30_000;

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private int lastId;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(WAIT_MILLIS_MAX);
        input = socket.getInputStream();
        output = socket.getOutputStream();
    }

    /** A message with a body. */
    static byte[] message(int id, int opCode, byte[] body) {
        byte[] message = new byte[Message.HEADER_BYTES + body.length];
        Message.littleEndian(message)
                .putInt(message.length)
                .putInt(id)
                .putInt(0)
                .putInt(opCode)
                .put(body);
        return message;
    }

    /** The body of a command. */
    static byte[] body(Document command) {
        BasicOutputBuffer body = new BasicOutputBuffer();
        OpMsg.append(command, false, body);
        return body.toByteArray();
    }

    void send(byte[] bytes) throws IOException {
        output.write(bytes);
        output.flush();
    }

    /** Sends a command, written as JSON with ' for ", and does not wait for its answer. */
    void send(String command) throws IOException {
        Document read = ExtendedJson.readDocument(command.replace('\'', '"'));
        send(message(++lastId, Message.OP_MSG, body(read.with("$db", Value.of("test")))));
    }

    /** Sends a command, and waits for its answer. */
    Document run(String command) throws IOException, MalformedMessageException {
        send(command);
        return answer().orElseThrow();
    }

    /** Sends a command, and waits for its answer. */
    Document run(Document command) throws IOException, MalformedMessageException {
        send(message(++lastId, Message.OP_MSG, body(command)));
        return answer().orElseThrow();
    }

    /** Sends a command with the flags of its message, and does not wait for its answer. */
    void sendFlagged(int flags, Document command) throws IOException {
        byte[] body = body(command);
        Message.littleEndian(body).putInt(flags);
        send(message(++lastId, Message.OP_MSG, body));
    }

    /** The next answer; nothing if the server has ended the connection. */
    Optional<Document> answer() throws IOException, MalformedMessageException {
        Optional<Message> message = Message.read(input);
        return message.isEmpty() ? Optional.empty() : Optional.of(document(message.get()));
    }

    /**
     * Waits for the next message, and passes over it; no if the server has ended the connection.
     */
    boolean hasMessage() throws IOException, MalformedMessageException {
        return Message.read(input).isPresent();
    }

    /** The next message, as it comes. */
    Message message() throws IOException, MalformedMessageException {
        return Message.read(input).orElseThrow();
    }

    /** The document in an answer. */
    static Document document(Message message) throws MalformedMessageException {
        ByteBuffer body = message.body();
        int before = message.opCode() == Message.OP_REPLY ? 20 : 5;
        return BsonInput.next(body.position(before));
    }

    int lastId() {
        return lastId;
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
