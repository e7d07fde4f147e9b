package io.smilodon.shell;

import io.smilodon.database.CursorLimits;
import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.rest.login.JwtOptions;
import io.smilodon.rest.login.LoginOptions;
import io.smilodon.security.AuditFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smilodon serve}: a database over HTTP. */
@Command(
        name = "serve",
        description = "Serve a data directory over HTTP.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final String NO_USERS =
            "Nobody can log in, as there are no users. Make the first one by POST /api/v1/auth/first"
                    + " with the token in %s, or stop the server, and say: smilodon user add %s"
                    + " --name NAME --role root";

    private static final String FIRST_TOKEN = "FIRST-USER-TOKEN";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The data directory; created if it is not there")
    private Path data;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description =
                    "Copy the log to this directory, at the latest after a minute, so that a backup"
                            + " can be brought forward to any moment (see 'restore --archive')")
    private Optional<Path> archive = Optional.empty();

    @Mixin private StorageArguments storage;

    @Mixin private ServerArguments arguments;

    @Option(
            names = "--auth",
            description =
                    "Let only users do anything, who have to log in (see 'user add'); without this"
                            + " whoever connects may do everything")
    private boolean isLoginRequired;

    @Option(
            names = "--forbid-operators",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Operators and stages, such as '$out,$merge,$lookup', that no request may use,"
                            + " over HTTP and from drivers")
    private List<String> forbiddenOperators = List.of();

    @Option(
            names = "--cursors-per-user",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "Cursors that one user who has logged in may have open at a time (default:"
                            + " ${DEFAULT-VALUE})")
    private int cursorsOfUserMax;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description =
                    "With --auth, write to this file who logs in or fails to, changes users and"
                            + " roles, drops data, and is refused what")
    private Optional<Path> audit = Optional.empty();

    @Option(
            names = "--jwt-keys",
            paramLabel = "FILE",
            description =
                    "With --auth, believe tokens (JWT) that these keys have signed, over HTTP: a key"
                            + " set in JSON, a public key in PEM, or a secret of 32 bytes or more")
    private Optional<Path> jwtKeys = Optional.empty();

    @Option(
            names = "--jwt-issuer",
            paramLabel = "NAME",
            description = "Believe only those that this one has issued")
    private Optional<String> jwtIssuer = Optional.empty();

    @Option(
            names = "--jwt-audience",
            paramLabel = "NAME",
            description = "Believe only those that are meant for this one")
    private Optional<String> jwtAudience = Optional.empty();

    @Option(
            names = "--exit-on-poison",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "End with exit code 75 when a sync fails, so that a supervisor starts the"
                            + " server anew and it recovers (default: ${DEFAULT-VALUE})")
    private boolean exitOnPoison;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory = new DataDirectory(data);
        Path firstToken = directory.path().resolve(FIRST_TOKEN);
        if (isLoginRequired) {
            arguments.requireLogin(login().withFirstTokenFile(firstToken));
        } else if (jwtKeys.isPresent() || audit.isPresent()) {
            throw new ShellException("--jwt-keys and --audit go with --auth");
        }
        arguments.check();
        Optional<AuditFile> auditFile = audit.map(ServeCommand::opened);
        DatabaseOptions options = options();
        Smilodon smilodon = directory.open(options);
        auditFile.ifPresent(smilodon.users().audit()::writeTo);
        forbidOperators(smilodon);
        PrintWriter out = spec.commandLine().getOut();
        RecoveryNotice.of(smilodon.recovery()).forEach(out::println);
        StorageArguments.notice(options.storage()).ifPresent(out::println);
        ServedDatabase served = ServedDatabase.start(directory, smilodon, arguments);
        if (exitOnPoison) {
            served.exitOnPoison(spec.commandLine().getErr());
        }
        if (isLoginRequired && smilodon.users().isEmpty()) {
            out.println(NO_USERS.formatted(firstToken, directory.path()));
        }
        out.println("Serving " + directory.path() + " at " + served.url() + " (stop with Ctrl-C)");
        out.println(served.wireNotice());
        served.untilStopped(out);
        return 0;
    }

    private static AuditFile opened(Path path) {
        try {
            return AuditFile.open(path);
        } catch (IOException failure) {
            throw new ShellException("the audit file " + path + " cannot be used: " + failure);
        }
    }

    private void forbidOperators(Smilodon smilodon) {
        try {
            smilodon.operations().forbid(Set.copyOf(forbiddenOperators));
        } catch (SmilodonException unknown) {
            smilodon.close();
            throw new ShellException(
                    "--forbid-operators: " + unknown.template() + ": " + unknown.details());
        }
    }

    private LoginOptions login() {
        return jwtKeys.map(keys -> new JwtOptions(keys, jwtIssuer, jwtAudience))
                .map(LoginOptions.DEFAULTS::withJwt)
                .orElse(LoginOptions.DEFAULTS);
    }

    private DatabaseOptions options() {
        if (cursorsOfUserMax < 1) {
            throw new ShellException("--cursors-per-user begins with 1");
        }
        DatabaseOptions options =
                DatabaseOptions.DEFAULTS
                        .withStorage(storage.options())
                        .withCursorCounts(
                                CursorLimits.DEFAULTS.withCountOfUserMax(cursorsOfUserMax));
        return archive.map(place -> archivedTo(place, options)).orElse(options);
    }

    /** What is wrong with the place is better told now than by a figure that grows. */
    private static DatabaseOptions archivedTo(Path place, DatabaseOptions options) {
        try {
            FileDirectory.open(place).close();
        } catch (IOException failure) {
            throw new ShellException("the archive " + place + " cannot be used: " + failure);
        }
        return options.withArchive(place);
    }
}
