package io.smilodon.wire;

import io.smilodon.database.AnswerMemory;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.database.command.Membership;
import io.smilodon.database.command.Permission;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Login;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One client: its requests in turn, each answered before the next is read. */
final class WireConnection implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(WireConnection.class.getName());

    /** How much more memory the documents of a message take than the message. */
    private static final long WORK_FACTOR = 8;

    private final Smilodon smilodon;
    private final Member member;
    private final House house;
    private final Socket socket;
    private final Requests requests;
    private final Delivery delivery;
    private final Room.Part working;
    private final AnswerRoom answering;
    private final Greetings greetings;
    private final Optional<Membership> membership;
    private final String client;
    private final Login login;
    private final AtomicBoolean isWatched = new AtomicBoolean();
    private volatile boolean isReading;
    private volatile boolean isEnding;

    /** Whether the client has sent nothing more while it waited for the newest answer. */
    private boolean wasQuiet;

    /**
     * Who has come.
     *
     * @param id its number among all
     */
    record Peer(int id, Socket socket) {}

    WireConnection(Peer peer, Smilodon smilodon, Member member, House house) throws IOException {
        this.smilodon = smilodon;
        this.member = member;
        this.house = house;
        this.socket = peer.socket;
        this.working = house.working().part();
        this.answering = new AnswerRoom(house.answering());
        this.requests = new Requests(socket, house.limits(), house.reading());
        this.delivery = new Delivery(socket.getOutputStream());
        this.client = text((InetSocketAddress) socket.getRemoteSocketAddress());
        String reached = text((InetSocketAddress) socket.getLocalSocketAddress());
        this.login =
                new Login(
                        smilodon.users().logins(),
                        socket.getInetAddress(),
                        socket.getLocalAddress(),
                        house.isLoginRequired());
        this.membership = member.membership(reached);
        this.greetings = new Greetings(peer.id, member, requests, reached);
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
                delivery) {
            Answers answers = new Answers(delivery, smilodon.traffic(), answering);
            for (Optional<Message> message = requests.next(bytesMax());
                    message.isPresent();
                    message = requests.next(bytesMax())) {
                answer(message.get(), answers);
                answering.leave();
                working.leave();
            }
        } catch (MalformedMessageException broken) {
            LOGGER.info(() -> "the connection of " + client + " ends: " + broken.getMessage());
        } catch (IOException ended) {
            LOGGER.log(Level.FINE, ended, () -> "the connection of " + client + " has ended");
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            LOGGER.log(Level.SEVERE, bug, () -> "a bug ends the connection of " + client);
        } finally {
            answering.leave();
            working.leave();
            requests.forget();
        }
    }

    /** How large a message may be: little is read, unpacked or parsed for strangers. */
    private int bytesMax() {
        boolean isStranger = house.isLoginRequired() && !login.caller().isAuthenticated();
        return isStranger ? House.STRANGER_BYTES_MAX : Message.BYTES_MAX;
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
     * it writes goes on to its end, as in MongoDB. A client that takes nothing of its answer for
     * long is sent away.
     */
    void lookAfter() {
        if (stalled().compareTo(house.limits().stallMax()) > 0) {
            sendAway();
        }
        if (isReading && isWatched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("wire-watch-" + client).start(this::watch);
        }
    }

    /** How long the client has taken nothing of its answer. */
    Duration stalled() {
        return delivery.stalled();
    }

    /** How large the answer is that is on its way. */
    long pendingBytes() {
        return delivery.pendingBytes();
    }

    /** Ends it, as it takes no answer. */
    void sendAway() {
        LOGGER.info(() -> "the connection of " + client + " ends: it takes no answer");
        endQuietly();
    }

    private void endQuietly() {
        try {
            endNow();
        } catch (IOException failure) {
            LOGGER.log(Level.FINE, failure, () -> "the connection of " + client + " was broken");
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

    private void answer(Message message, Answers answers)
            throws IOException, MalformedMessageException {
        smilodon.traffic().received(message.size());
        if (Compression.plainBytes(message) > bytesMax()) {
            throw new MalformedMessageException("a large message before anybody has logged in");
        }
        if (!working.take(WORK_FACTOR * Compression.plainBytes(message))) {
            throw new MalformedMessageException("there is no memory for what a message holds");
        }
        Compression.Unpacked unpacked = Compression.unpack(message);
        Message plain = unpacked.plain();
        boolean isLegacy = plain.opCode() == Message.OP_QUERY;
        Answers.Form form = new Answers.Form(plain.requestId(), isLegacy, unpacked.compressor());
        Request request;
        try {
            request = request(plain);
        } catch (SmilodonException failure) {
            if (isLegacy || OpMsg.isAnswered(plain)) {
                answers.send(member.stamped(Commands.failure(failure)), form, false);
            }
            return;
        }
        requests.forget();
        if (request.mayStream()) {
            stream(request.command(), form, answers);
        } else {
            Document answer = answer(request.command());
            if (request.isAnswered()) {
                answers.send(member.stamped(answer), form, false);
            }
        }
    }

    /** Answers, and goes on with what the client would ask next, as long as there is that. */
    private void stream(Document asked, Answers.Form first, Answers answers) throws IOException {
        Optional<Document> command = Optional.of(asked);
        Answers.Form form = first;
        while (command.isPresent()) {
            Document answer = answer(command.get());
            boolean mayGoOn = wasQuiet && !isEnding;
            command = mayGoOn ? Streams.next(command.get(), answer) : Optional.empty();
            int id = answers.send(member.stamped(answer), form, command.isPresent());
            form = form.after(id);
        }
    }

    private Document answer(Document command) throws IOException {
        try {
            boolean isGreeting = Greetings.include(command);
            if (isGreeting) {
                greetings.note(command);
            }
            wasQuiet = !isGreeting || greetings.await(command);
            Document answer = carryOut(command);
            boolean isGreeted = isGreeting && answer.get("ok").equals(Value.of(1.0));
            return isGreeted ? greetings.completed(command, answer) : answer;
        } catch (SmilodonException failure) {
            return Commands.failure(failure);
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            LOGGER.log(Level.SEVERE, bug, () -> "bug while answering " + client);
            return Commands.failure(
                    new SmilodonException(
                            ErrorCode.INTERNAL_ERROR, "The server has made a mistake"));
        }
    }

    private Request request(Message message) throws MalformedMessageException {
        return switch (message.opCode()) {
            case Message.OP_MSG -> OpMsg.read(message, house.allowance());
            case Message.OP_QUERY -> OpQuery.read(message);
            default ->
                    throw new MalformedMessageException(
                            "the code " + message.opCode() + " is not supported");
        };
    }

    private Document carryOut(Document command) {
        String database = database(command);
        CommandContext context =
                CommandContext.of(smilodon, database)
                        .withClient(client)
                        .withMembership(membership)
                        .withLogin(login);
        Supplier<Document> run =
                () -> AnswerMemory.within(answering, () -> Commands.run(context, command));
        isReading = isRead(command);
        try {
            return Commands.waitsForTurn(command) ? smilodon.admission().admit(run) : run.get();
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
}
