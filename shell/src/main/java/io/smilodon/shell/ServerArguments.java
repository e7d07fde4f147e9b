package io.smilodon.shell;

import io.smilodon.database.ServerProcess;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.RestOptions;
import io.smilodon.rest.login.LoginOptions;
import io.smilodon.wire.WireOptions;
import io.smilodon.wire.WireServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say where a server listens, and for whom. */
final class ServerArguments {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7400",
            description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on; may be repeated (default: loopback, IPv4 and IPv6)")
    private List<String> addresses = List.of();

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "Further name by which requests may call this server; may be repeated")
    private List<String> hosts = List.of();

    @Option(
            names = "--insecure-bind",
            description =
                    "Allow an address that others can reach, though there is no TLS, nor a login"
                            + " without --auth")
    private boolean insecureBind;

    @Option(
            names = "--backup-root",
            paramLabel = "DIR",
            description = "Directory beneath which backups may be asked for over HTTP")
    private Optional<Path> backupRoot = Optional.empty();

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "Connections at a time, over HTTP and of drivers each (default:"
                            + " ${DEFAULT-VALUE})")
    private int connectionsMax;

    @Option(
            names = "--connections-per-address",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "The same of one other machine; programs of this one are not counted so"
                            + " (default: ${DEFAULT-VALUE})")
    private int connectionsOfAddressMax;

    @Mixin private WireArguments wire = new WireArguments();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Optional<LoginOptions> login = Optional.empty();

    /** Only users may do anything, who have to log in. */
    void requireLogin(LoginOptions options) {
        login = Optional.of(options);
    }

    /**
     * Listens to MongoDB's drivers, if that is wanted. The usual port may be taken: then nothing
     * listens, unless the user has asked for it.
     */
    Optional<WireServer> startWire(Smilodon smilodon) {
        Optional<WireOptions> options = wireOptions();
        if (options.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WireServer.start(smilodon, options.get()));
        } catch (UncheckedIOException taken) {
            if (wire.isPortGiven()) {
                throw new ShellException(
                        "cannot listen on port "
                                + options.get().port()
                                + ": "
                                + taken.getCause().getMessage());
            }
            return Optional.empty();
        }
    }

    /** Refuses mistakes before anything is opened. */
    void check() {
        wireOptions();
    }

    /** How the server is started that serves this directory. */
    ServerProcess.Start start(Path directory) {
        List<String> words = new ArrayList<>(List.of(command.root().name()));
        words.addAll(command.root().commandLine().getParseResult().originalArgs());
        DocumentBuilder options = Document.builder();
        wireOptions().ifPresent(wired -> describe(wired, options));
        if (login.isPresent()) {
            options.put("security", Document.of("authorization", Value.of("enabled")));
        }
        options.put("storage", Document.of("dbPath", Value.of(directory.toString())));
        return new ServerProcess.Start(words, options.build());
    }

    private static void describe(WireOptions wired, DocumentBuilder options) {
        options.put(
                "net",
                Document.builder()
                        .put("bindIp", String.join(",", wired.addresses()))
                        .put("maxIncomingConnections", wired.connectionsMax())
                        .put("port", wired.port())
                        .build());
        wired.replicaSet()
                .ifPresent(
                        set -> options.put("replication", Document.of("replSet", Value.of(set))));
    }

    private Optional<WireOptions> wireOptions() {
        RestOptions http = options();
        return wire.options(http.addresses())
                .map(options -> login.isPresent() ? options.withLoginRequired() : options)
                .map(options -> options.withConnectionsMax(http.connectionsMax()))
                .map(
                        options ->
                                options.withLimits(
                                        options.limits()
                                                .withConnectionsOfAddressMax(
                                                        http.connectionsOfAddressMax())));
    }

    RestOptions options() {
        if (port < 0 || port > 65_535) {
            throw new ShellException("--port takes 0 to 65535, not " + port);
        }
        for (String address : addresses) {
            if (!LOOPBACK.contains(address) && !insecureBind) {
                throw new ShellException(
                        address
                                + " can be reached from other machines, and "
                                + (login.isPresent()
                                        ? "what is sent can be read on its way"
                                        : "nobody has to log in")
                                + ": add --insecure-bind if that is what you want");
            }
        }
        if (connectionsMax < 1 || connectionsOfAddressMax < 1) {
            throw new ShellException("--connections and --connections-per-address begin with 1");
        }
        return new RestOptions(
                port,
                addresses.isEmpty() ? RestOptions.DEFAULTS.addresses() : addresses,
                hosts,
                backupRoot,
                connectionsMax,
                connectionsOfAddressMax,
                login,
                RestOptions.FILE_BYTES_MAX);
    }
}
