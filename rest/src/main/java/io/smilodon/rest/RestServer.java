package io.smilodon.rest;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.staticfiles.Location;
import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.rest.restheart.SessionTransactions;
import io.smilodon.security.Caller;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A database over HTTP. Every route stands in one table, from which the server and its OpenAPI
 * document are made. Thread-safe. Closing it lets running requests end; the database stays open.
 */
public final class RestServer implements AutoCloseable {

    /** The largest body that a request may have. */
    public static final long BODY_BYTES_MAX = 48L << 20;

    private static final Logger LOGGER = Logger.getLogger(RestServer.class.getName());

    private final Smilodon smilodon;
    private final Listeners listeners;
    private final Metrics metrics;
    private final Tasks tasks = new Tasks();
    private final WatchRoutes watching = new WatchRoutes();
    private final Optional<Path> backupRoot;
    private final long fileBytesMax;
    private final RestheartSessions sessions;
    private final RequestGuard guard;
    private final Gate gate;
    private final Sockets sockets;
    private final List<Route> routes;
    private final Document openApi;
    private final Javalin javalin;

    private RestServer(Smilodon smilodon, RestOptions options, Listeners listeners, Gate gate) {
        this.smilodon = smilodon;
        this.listeners = listeners;
        this.metrics = new Metrics(smilodon);
        this.backupRoot = options.backupRoot();
        this.fileBytesMax = options.fileBytesMax();
        this.sessions = new RestheartSessions(new SessionTransactions(smilodon.transactions()));
        this.guard = new RequestGuard(options, listeners.port());
        this.gate = gate;
        this.sockets = new Sockets(smilodon, guard, gate, metrics);
        List<RouteGroup> table = table();
        this.routes = table.stream().flatMap(group -> group.routes().stream()).toList();
        this.openApi = OpenApi.document(table, Version.CURRENT);
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts a server.
     *
     * @throws PortInUseException if another process listens on the port
     * @throws IllegalArgumentException if the keys of tokens cannot be used, or the token for the
     *     first user cannot be written
     */
    public static RestServer start(Smilodon smilodon, RestOptions options) {
        Gate gate = Gate.of(smilodon, options);
        Listeners listeners = Listeners.open(options);
        RestServer server = new RestServer(smilodon, options, listeners, gate);
        server.javalin.start();
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return listeners.port();
    }

    /** The table of routes. */
    List<Route> routes() {
        return routes;
    }

    private List<RouteGroup> table() {
        List<RouteGroup> groups = new ArrayList<>(ownGroups());
        groups.add(new RouteGroup("RESTHeart: sessions", sessions.routes()));
        groups.add(new RouteGroup("RESTHeart: files", new RestheartFiles(fileBytesMax).routes()));
        groups.add(new RouteGroup("RESTHeart: change streams", RestheartStreams.routes(watching)));
        groups.addAll(RestheartRoutes.groups());
        return groups;
    }

    private List<RouteGroup> ownGroups() {
        Pages pages = new Pages(listeners.port());
        return List.of(
                new RouteGroup("Server", new ServerRoutes(metrics, pages).routes(() -> openApi)),
                new RouteGroup("Logins", new LoginRoutes(gate).routes()),
                new RouteGroup("Samples and jobs", new JobRoutes(tasks).routes()),
                new RouteGroup("Operations", new AdminRoutes(tasks, backupRoot).routes()),
                new RouteGroup("Running requests", OperationRoutes.routes()),
                new RouteGroup("Databases, collections", CatalogueRoutes.routes()),
                new RouteGroup("Indexes", new IndexRoutes(tasks).routes()),
                new RouteGroup("Documents", DocumentRoutes.routes()),
                new RouteGroup("Import, export, schema", TransferRoutes.routes()),
                new RouteGroup("Actions", ActionRoutes.routes()),
                new RouteGroup("GraphQL", new GraphQlRoutes().routes()),
                new RouteGroup("Commands", CommandRoutes.routes()),
                new RouteGroup("Cursors", CursorRoutes.routes()),
                new RouteGroup("Change streams", watching.routes()),
                new RouteGroup("Transactions", TransactionRoutes.routes()),
                new RouteGroup("Buckets", BucketRoutes.routes()));
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = BODY_BYTES_MAX;
        config.http.generateEtags = false;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = "application/json; charset=utf-8";
        listeners.attach(config.jetty);
        config.jetty.modifyServer(server -> server.setHandler(new LingeringClose()));
        sockets.limit(config);
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/docs/ui";
                    files.directory =
                            "/META-INF/resources/webjars/swagger-ui/" + Version.SWAGGER_UI;
                    files.location = Location.CLASSPATH;
                });
        config.routes.before(context -> refuseForeign(context));
        for (Route route : routes) {
            HandlerType method = HandlerType.findOrCreate(route.method());
            config.routes.addHttpHandler(method, route.path(), context -> handle(route, context));
            if (method.equals(HandlerType.GET)) {
                config.routes.addHttpHandler(
                        HandlerType.HEAD, route.path(), context -> handle(route, context));
            }
            route.socket().ifPresent(socket -> sockets.add(config, route, socket));
        }
        config.routes.exception(SmilodonException.class, this::answerFailure);
        config.routes.exception(HttpResponseException.class, this::answerHttpFailure);
        config.routes.exception(Exception.class, this::answerBug);
    }

    private void handle(Route route, Context context) {
        long start = System.nanoTime();
        Exchange exchange = new Exchange(context, smilodon);
        try {
            Optional<Problem> stranger = gate.admit(route, exchange);
            if (stranger.isPresent()) {
                exchange.answer(stranger.get());
            } else {
                carryOutInTurn(route, context);
                if (context.statusCode() < 400) {
                    RequestAudit.of(exchange).ended(route, exchange, 0);
                }
            }
        } catch (SmilodonException failure) {
            RequestAudit.of(exchange).ended(route, exchange, failure.code().number());
            answerFailure(failure, context);
        } finally {
            metrics.count(route, context.statusCode(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** The body is there before it is a request's turn, however slowly it comes. */
    private void carryOutInTurn(Route route, Context context) {
        boolean hasBegun = transaction(context).isPresent();
        if (route.waitsForTurn() && !hasBegun) {
            context.bodyAsBytes();
            smilodon.admission()
                    .admit(
                            () -> {
                                carryOut(route, context);
                                return route;
                            });
        } else {
            carryOut(route, context);
        }
    }

    /** The transaction that a request says it belongs to. */
    private Optional<String> transaction(Context context) {
        return Optional.ofNullable(context.header(Route.TRANSACTION_HEADER))
                .or(() -> sessions.transaction(new Exchange(context, smilodon)));
    }

    private void carryOut(Route route, Context context) {
        Optional<String> id = transaction(context);
        if (id.isEmpty()) {
            route.handler().handle(new Exchange(context, smilodon));
        } else if (route.takesTransaction()) {
            Caller caller = new Exchange(context, smilodon).permit().caller();
            smilodon.transactions().check(id.get(), caller);
            smilodon.transactions()
                    .use(
                            id.get(),
                            transaction -> {
                                Optional<DocumentTransaction> own = Optional.of(transaction);
                                route.handler().handle(new Exchange(context, smilodon, own));
                                return own;
                            });
        } else {
            throw new SmilodonException(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Operation is not supported inside a transaction",
                    Map.of("operation", route.summary()));
        }
    }

    private void refuseForeign(Context context) {
        Exchange exchange = new Exchange(context, smilodon);
        Optional<Problem> refusal = guard.refusal(exchange, context.method().name());
        if (refusal.isPresent()) {
            exchange.answer(refusal.get());
            context.skipRemainingHandlers();
        }
    }

    private void answerFailure(SmilodonException failure, Context context) {
        Problem problem = Problem.of(failure);
        if (problem.status() >= 500) {
            LOGGER.log(Level.WARNING, failure, () -> "request failed: " + context.path());
        }
        new Exchange(context, smilodon).answer(problem);
    }

    private void answerHttpFailure(HttpResponseException failure, Context context) {
        int status = failure.getStatus();
        String title =
                switch (status) {
                    case 404 -> "No such route";
                    case 405 -> "The route does not know this method";
                    case 413 -> "The body is too large";
                    default -> failure.getMessage();
                };
        String allowed = failure.getDetails().get("availableMethods");
        if (allowed != null) {
            context.header("Allow", allowed);
        }
        new Exchange(context, smilodon)
                .answer(Problem.ofHttp(status, title, status == 404 ? "see /docs" : ""));
    }

    private void answerBug(Exception bug, Context context) {
        if (bug instanceof EOFException || bug.getCause() instanceof EOFException) {
            new Exchange(context, smilodon).answer(Problem.ofHttp(400, "The body is cut off", ""));
            return; // anybody may cause that at will, and fill the log
        }
        LOGGER.log(Level.SEVERE, bug, () -> "bug while answering " + context.path());
        new Exchange(context, smilodon)
                .answer(Problem.ofHttp(500, "The server has made a mistake", "see its log"));
    }

    @Override
    public void close() {
        watching.close();
        javalin.stop();
        tasks.close();
        metrics.close();
    }
}
