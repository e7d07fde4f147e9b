package io.smilodon.wire;

import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.database.command.Permission;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bson.BSONException;
import org.bson.io.BasicOutputBuffer;

/** One client: its requests in turn, each answered before the next is read. */
final class WireConnection implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(WireConnection.class.getName());
    private static final Set<String> GREETINGS = Set.of("hello", "isMaster", "ismaster");

    private final int id;
    private final Smilodon smilodon;
    private final Member member;
    private final Socket socket;
    private final Requests requests;
    private final String client;
    private final AtomicBoolean isWatched = new AtomicBoolean();
    private volatile boolean isReading;
    private volatile boolean isEnding;

    WireConnection(int id, Smilodon smilodon, Member member, Socket socket) throws IOException {
        this.id = id;
        this.smilodon = smilodon;
        this.member = member;
        this.socket = socket;
        this.requests = new Requests(socket.getInputStream());
        this.client = text((InetSocketAddress) socket.getRemoteSocketAddress());
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The client, as operations name it. */
    String client() {
        return client;
    }

    @Override
    public void run() {
        try (socket;
                OutputStream output = socket.getOutputStream()) {
            for (Optional<Message> message = requests.next();
                    message.isPresent();
                    message = requests.next()) {
                answer(message.get(), output);
            }
        } catch (MalformedMessageException broken) {
            LOGGER.info(() -> "the connection of " + client + " ends: " + broken.getMessage());
        } catch (IOException ended) {
            LOGGER.log(Level.FINE, ended, () -> "the connection of " + client + " has ended");
        }
    }

    /** Lets it end after the request that is being carried out. */
    void endSoon() throws IOException {
        isEnding = true;
        socket.shutdownInput();
    }

    void endNow() throws IOException {
        socket.close();
    }

    /** Ends what is being carried out for the client. */
    void kill() {
        for (RunningOperation operation : smilodon.operations().running()) {
            if (operation.description().client().equals(client)) {
                smilodon.operations().kill(operation.id());
            }
        }
    }

    /**
     * Has somebody notice if the client goes while it waits for what it reads, and end that. What
     * it writes goes on to its end, as in MongoDB.
     */
    void lookAfter() {
        if (isReading && isWatched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("wire-watch-" + client).start(this::watch);
        }
    }

    private void watch() {
        try {
            if (requests.haveEnded() && isReading && !isEnding) {
                kill();
            }
        } finally {
            isWatched.set(false);
        }
    }

    private void answer(Message message, OutputStream output)
            throws IOException, MalformedMessageException {
        boolean isPacked = message.opCode() == Message.OP_COMPRESSED;
        Message plain = isPacked ? Compression.unpack(message) : message;
        boolean isLegacy = plain.opCode() == Message.OP_QUERY;
        Document answer;
        boolean isAnswered = true;
        try {
            Request request = request(plain);
            isAnswered = request.isAnswered();
            answer = carryOut(request.command());
        } catch (SmilodonException failure) {
            answer = Commands.failure(failure);
        }
        if (isAnswered) {
            Form form = new Form(plain.requestId(), isLegacy, isPacked);
            send(member.stamped(answer), form, output);
        }
    }

    private static Request request(Message message) throws MalformedMessageException {
        return switch (message.opCode()) {
            case Message.OP_MSG -> OpMsg.read(message);
            case Message.OP_QUERY -> OpQuery.read(message);
            default ->
                    throw new MalformedMessageException(
                            "the code " + message.opCode() + " is not supported");
        };
    }

    private Document carryOut(Document command) {
        String database = database(command);
        CommandContext context = CommandContext.of(smilodon, database).withClient(client);
        isReading = isRead(command);
        try {
            Document answer = Commands.run(context, command);
            boolean isGreeted = isGreeting(command) && answer.get("ok").equals(Value.of(1.0));
            return isGreeted ? greeting(command, answer) : answer;
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            LOGGER.log(Level.SEVERE, bug, () -> "bug while answering " + client);
            return Commands.failure(
                    new SmilodonException(
                            ErrorCode.INTERNAL_ERROR, "The server has made a mistake"));
        } finally {
            isReading = false;
        }
    }

    private static boolean isRead(Document command) {
        return !command.isEmpty()
                && Commands.TABLE
                        .find(command.iterator().next().name())
                        .filter(row -> row.permissionOf(command) == Permission.READ)
                        .isPresent();
    }

    private static String database(Document command) {
        if (command.get("$db") instanceof StringValue name) {
            return name.value();
        }
        throw new SmilodonException(
                new ErrorCode(40571, "Location40571"),
                "OP_MSG requests require a $db argument",
                Map.of("expected", "string"));
    }

    private static boolean isGreeting(Document command) {
        return !command.isEmpty() && GREETINGS.contains(command.iterator().next().name());
    }

    private Document greeting(Document command, Document answer) {
        DocumentBuilder greeting = Document.builder().putAll(answer);
        greeting.put("connectionId", id);
        boolean isPacking =
                command.get("compression") instanceof ArrayValue offered
                        && offered.elements().contains(Value.of(Compression.NAME));
        if (isPacking) {
            greeting.put("compression", ArrayValue.of(Value.of(Compression.NAME)));
        }
        String reached = text((InetSocketAddress) socket.getLocalSocketAddress());
        return member.introduced(greeting.build(), reached);
    }

    /**
     * The form of an answer.
     *
     * @param requestId the request that it answers
     * @param isLegacy whether that is an OP_QUERY
     * @param isPacked whether that was compressed
     */
    private record Form(int requestId, boolean isLegacy, boolean isPacked) {}

    private static void send(Document answer, Form form, OutputStream output) throws IOException {
        int opCode = form.isLegacy ? Message.OP_REPLY : Message.OP_MSG;
        BasicOutputBuffer body = body(answer, form.isLegacy);
        if (form.isPacked && body.getSize() >= Compression.WORTHWHILE_BYTES) {
            byte[] packed = Compression.pack(opCode, body.toByteArray());
            writeHeader(output, packed.length, form.requestId, Message.OP_COMPRESSED);
            output.write(packed);
        } else {
            writeHeader(output, body.getSize(), form.requestId, opCode);
            body.pipe(output);
        }
        output.flush();
    }

    private static BasicOutputBuffer body(Document answer, boolean isLegacy) {
        BasicOutputBuffer body = new BasicOutputBuffer();
        try {
            append(answer, isLegacy, body);
            return body;
        } catch (BSONException impossible) {
            BasicOutputBuffer refusal = new BasicOutputBuffer();
            append(
                    Commands.failure(
                            new SmilodonException(
                                            ErrorCode.BAD_VALUE,
                                            "The answer holds what BSON cannot",
                                            Map.of("reason", impossible.getMessage()))
                                    .withHint("the REST interface can send it")),
                    isLegacy,
                    refusal);
            return refusal;
        }
    }

    private static void append(Document answer, boolean isLegacy, BasicOutputBuffer body) {
        if (isLegacy) {
            OpQuery.append(answer, body);
        } else {
            OpMsg.append(answer, body);
        }
    }

    private static void writeHeader(OutputStream output, int bodyBytes, int requestId, int opCode)
            throws IOException {
        byte[] header = new byte[Message.HEADER_BYTES];
        Message.littleEndian(header)
                .putInt(Message.HEADER_BYTES + bodyBytes)
                .putInt(0) // nobody answers an answer
                .putInt(requestId)
                .putInt(opCode);
        output.write(header);
    }
}
