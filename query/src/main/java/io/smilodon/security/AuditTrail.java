package io.smilodon.security;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who has logged in or failed to, has changed users and roles, has dropped or renamed collections,
 * and was refused what: one JSON document a line, as MongoDB's audit messages are, before the
 * answer. Without a file nothing is written. Passwords and documents are not in it. Thread-safe.
 *
 * <pre>
 * {atype, ts, local: {ip}, remote: {ip, port},
 *  users: [{user, db}], roles: [{role, db}], param, result}
 * </pre>
 *
 * {@code result} is the number of the error, 0 for none. What cannot be written is counted, and the
 * log says so at most once in a minute.
 */
public final class AuditTrail implements AutoCloseable {

    /** By which mechanism passwords come that are sent as they are. */
    public static final String PASSWORD = "PLAIN";

    /** By which tokens come that others have signed. */
    public static final String SIGNED_TOKEN = "JWT";

    private static final long COMPLAINT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Clock clock;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong nextComplaint = new AtomicLong(System.nanoTime());
    private volatile Optional<AuditFile> file = Optional.empty();

    AuditTrail(Clock clock) {
        this.clock = clock;
    }

    /**
     * Who sends a command.
     *
     * @param client from where, as address and port; empty if that is not known
     */
    public record Sender(Caller caller, String client) {

        private Document remote() {
            int colon = client.lastIndexOf(':');
            return colon < 0
                    ? Document.EMPTY
                    : Document.builder()
                            .put("ip", client.substring(0, colon))
                            .put("port", Integer.parseInt(client.substring(colon + 1)))
                            .build();
        }
    }

    /** From now on events are written to a file, which is closed with this. */
    public void writeTo(AuditFile target) {
        file = Optional.of(target);
    }

    /** How many events have been written. */
    public long written() {
        return written.get();
    }

    /** How many could not be. */
    public long failed() {
        return failed.get();
    }

    /** Somebody has logged in. */
    public void entered(UserName user, String mechanism, Origin origin) {
        authenticated(user, mechanism, origin, 0);
    }

    /** Somebody has failed to log in. */
    public void refused(UserName user, String mechanism, Origin origin) {
        authenticated(user, mechanism, origin, ErrorCode.AUTHENTICATION_FAILED.number());
    }

    private void authenticated(UserName user, String mechanism, Origin origin, int result) {
        if (file.isEmpty()) {
            return;
        }
        UserName shown =
                new UserName(
                        AuditedCommands.shortened(user.user()),
                        AuditedCommands.shortened(user.database()));
        Document param =
                Document.builder().putAll(shown.toDocument()).put("mechanism", mechanism).build();
        List<Document> users = result == 0 ? List.of(shown.toDocument()) : List.of();
        DocumentBuilder event = begun("authenticate", origin);
        event.put("remote", ip(origin.client()));
        event.put("users", ArrayValue.of(users)).put("roles", ArrayValue.EMPTY);
        write(event.put("param", param).put("result", result).build(), false);
    }

    /** Whether a command is written down when it has been carried out. */
    public static boolean isTold(Document command) {
        return AuditedCommands.of("", command).isPresent();
    }

    /**
     * A command was carried out, or refused; most that are carried out are not written down.
     *
     * @param result the number of the error that it has ended with; 0 for none
     */
    public void command(Sender sender, String database, Document command, int result) {
        if (file.isEmpty()) {
            return;
        }
        boolean isRefused = result == ErrorCode.UNAUTHORIZED.number();
        Optional<AuditedCommands.Event> event =
                isRefused
                        ? Optional.of(AuditedCommands.refused(database, command))
                        : AuditedCommands.of(database, command);
        event.ifPresent(
                found -> write(message(sender.caller, sender.remote(), found, result), !isRefused));
    }

    /**
     * A collection is gone, as another one has taken its name.
     *
     * @param caller who asked for what has done that
     */
    public void replaced(Caller caller, String namespace) {
        if (file.isPresent()) {
            AuditedCommands.Event event = AuditedCommands.replaced(namespace);
            write(message(caller, ip(caller.origin().client()), event, 0), true);
        }
    }

    private Document message(
            Caller caller, Document remote, AuditedCommands.Event event, int result) {
        List<Document> users = caller.name().stream().map(UserName::toDocument).toList();
        return begun(event.type(), caller.origin())
                .put("remote", remote)
                .put("users", ArrayValue.of(users))
                .put("roles", RoleName.toArray(caller.roles()))
                .put("param", event.param())
                .put("result", result)
                .build();
    }

    private DocumentBuilder begun(String type, Origin origin) {
        return Document.builder()
                .put("atype", type)
                .put("ts", new DateValue(clock.millis()))
                .put("local", ip(origin.server()));
    }

    private static Document ip(String digits) {
        DocumentBuilder address = Document.builder();
        return (digits.isEmpty() ? address : address.put("ip", digits)).build();
    }

    private void write(Document message, boolean isSynced) {
        try {
            file.get().append(ExtendedJson.write(message, JsonMode.RELAXED), isSynced);
            written.incrementAndGet();
        } catch (IOException failure) {
            failed.incrementAndGet();
            complain(failure);
        }
    }

    private void complain(IOException failure) {
        long now = System.nanoTime();
        long next = nextComplaint.get();
        if (now - next >= 0 && nextComplaint.compareAndSet(next, now + COMPLAINT_NANOS)) {
            System.getLogger(AuditTrail.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "what users do cannot be written to the audit file, "
                                    + failed.get()
                                    + " events by now",
                            failure);
        }
    }

    @Override
    public void close() {
        file.ifPresent(AuditFile::close);
        file = Optional.empty();
    }
}
