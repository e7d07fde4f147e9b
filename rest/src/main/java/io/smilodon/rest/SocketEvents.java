package io.smilodon.rest;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Events as messages of a WebSocket (RFC 6455), one each. The close code says how it ended: 1000
 * what was watched is gone, 1001 the server stops, 1008 the error is in the request, 1011 it is
 * not, 1013 it may go well later; the reason is the number, name and text of the error. No message
 * is begun before the network has taken the last one, so that nothing gathers for a slow reader.
 * One thread writes; others say that the socket is there, or no more.
 */
final class SocketEvents implements EventOutput {

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;
    private static final int SERVER_ERROR = 1011;
    private static final int TRY_LATER = 1013;

    private static final int REASON_BYTES_MAX = 123;

    /** How long the answer to a handshake may take that has been found good. */
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    /** How long a client may take to make room for a message. */
    static final Duration MESSAGE_MAX = Duration.ofSeconds(10);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final CompletableFuture<Session> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final JsonMode mode;

    SocketEvents(JsonMode mode) {
        this.mode = mode;
    }

    // ---- What the network says

    void opened(Session session) {
        opened.complete(session);
    }

    /** The socket is no longer there, or never was. */
    void closed() {
        gone.complete(null);
        opened.cancel(false);
    }

    // ---- What the watch says

    @Override
    public void whenGone(Runnable task) {
        gone.thenRun(task);
    }

    @Override
    public boolean event(Document event) {
        String message = ExtendedJson.write(event, mode);
        return send((session, sent) -> session.sendText(message, sent));
    }

    @Override
    public boolean heartbeat() {
        return send((session, sent) -> session.sendPing(ByteBuffer.allocate(0), sent));
    }

    @Override
    public void end() {
        close(NORMAL, "");
    }

    @Override
    public void end(SmilodonException reason) {
        ErrorCode code = reason.code();
        close(closeCode(reason), code.number() + " " + code.name() + ": " + reason.template());
    }

    private static int closeCode(SmilodonException reason) {
        Problem problem = Problem.of(reason);
        if (reason.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS)) {
            return GOING_AWAY;
        }
        if (problem.headers().containsKey("Retry-After")) {
            return TRY_LATER;
        }
        return problem.status() < 500 ? POLICY : SERVER_ERROR;
    }

    // ---- Frames

    /** Gives a frame to the session, to be told when the network has taken it. */
    private interface Sending {
        void send(Session session, Callback sent);
    }

    private boolean send(Sending frame) {
        Optional<Session> session = session();
        if (session.isEmpty() || gone.isDone()) {
            return false;
        }
        return switch (await(MESSAGE_MAX, sent -> frame.send(session.get(), sent))) {
            case TAKEN -> true;
            case GONE -> false;
            case SLOW -> {
                close(TRY_LATER, "The client is too slow to take its messages");
                yield false;
            }
        };
    }

    /** The socket, if the handshake succeeds. */
    private Optional<Session> session() {
        try {
            return Optional.of(opened.get(HANDSHAKE_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (CancellationException | ExecutionException | TimeoutException never) {
            return Optional.empty();
        }
    }

    private void close(int code, String reason) {
        Optional<Session> session = session();
        if (session.isEmpty() || gone.isDone()) {
            return;
        }
        String shortReason = shortened(reason);
        if (await(CLOSE_MAX, sent -> session.get().close(code, shortReason, sent)) != Fate.TAKEN) {
            session.get().disconnect();
        }
    }

    /** What became of a frame. */
    private enum Fate {
        TAKEN,
        GONE,
        SLOW
    }

    private static Fate await(Duration atMost, Consumer<Callback> sending) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        sending.accept(Callback.from(() -> sent.complete(null), sent::completeExceptionally));
        try {
            sent.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return Fate.TAKEN;
        } catch (TimeoutException slow) {
            return Fate.SLOW;
        } catch (ExecutionException broken) {
            return Fate.GONE;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Fate.GONE;
        }
    }

    /** A reason of no more bytes than a close frame holds; what is cut off is whole characters. */
    private static String shortened(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > REASON_BYTES_MAX) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }
}
