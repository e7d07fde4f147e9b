package io.smilodon.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/**
 * WebSockets of the routes that speak over them. A page of another origin may open a socket to any
 * server unasked, so the guard looks at each handshake. Thread-safe.
 */
final class Sockets {

    /** What clients send is read and passed over, as long as it is short. */
    private static final int MESSAGE_BYTES_MAX = 4 << 10;

    private static final String EVENTS = "events";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Smilodon smilodon;
    private final RequestGuard guard;
    private final Gate gate;
    private final Metrics metrics;

    Sockets(Smilodon smilodon, RequestGuard guard, Gate gate, Metrics metrics) {
        this.smilodon = smilodon;
        this.guard = guard;
        this.gate = gate;
        this.metrics = metrics;
    }

    /** Limits what a client may send, and what is kept of it. */
    void limit(JavalinConfig config) {
        config.jetty.modifyWebSocketServletFactory(
                factory -> {
                    factory.setMaxTextMessageSize(MESSAGE_BYTES_MAX);
                    factory.setMaxBinaryMessageSize(MESSAGE_BYTES_MAX);
                });
        config.jetty.modifyServletContextHandler(
                handler -> forgetSessions(handler.getSessionHandler()));
    }

    /** Javalin begins an HTTP session at each handshake, which nobody ends. */
    private static void forgetSessions(SessionHandler sessions) {
        NullSessionCache cache = new NullSessionCache(sessions);
        cache.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(cache);
        sessions.setUsingCookies(false);
    }

    void add(JavalinConfig config, Route route, SocketHandler handler) {
        config.routes.wsBeforeUpgrade(route.path(), context -> begin(route, handler, context));
        config.routes.wsAfterUpgrade(route.path(), Sockets::endIfRefused);
        config.routes.ws(
                route.path(),
                socket -> {
                    socket.onConnect(
                            context ->
                                    context.<SocketEvents>attribute(EVENTS)
                                            .opened(context.session));
                    socket.onClose(context -> context.<SocketEvents>attribute(EVENTS).closed());
                });
    }

    private void begin(Route route, SocketHandler handler, Context context) {
        long start = System.nanoTime();
        Exchange exchange = new Exchange(context, smilodon);
        Optional<Problem> refusal = guard.refusal(exchange, route.method());
        if (refusal.isPresent()) {
            refuse(exchange, refusal.get(), context);
            return;
        }
        try {
            Optional<Problem> stranger = gate.admit(route, exchange);
            if (stranger.isPresent()) {
                refuse(exchange, stranger.get(), context);
                return;
            }
            context.attribute(EVENTS, handler.begin(exchange));
        } catch (SmilodonException failure) {
            RequestAudit.of(exchange).ended(route, exchange, failure.code().number());
            refuse(exchange, Problem.of(failure), context);
            return;
        }
        metrics.count(route, SWITCHING_PROTOCOLS, Duration.ofNanos(System.nanoTime() - start));
    }

    /** A handshake of a version that is not spoken here, say. */
    private static void endIfRefused(Context context) {
        SocketEvents events = context.attribute(EVENTS);
        if (events != null && context.res().getStatus() != SWITCHING_PROTOCOLS) {
            events.closed();
        }
    }

    private static void refuse(Exchange exchange, Problem problem, Context context) {
        exchange.answer(problem);
        context.skipRemainingHandlers();
        try (InputStream body = context.resultInputStream()) {
            body.transferTo(context.res().getOutputStream());
        } catch (IOException gone) {
            return; // who has left need not be told
        }
    }
}
