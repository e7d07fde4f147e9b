package io.smilodon.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smilodon shell}: JavaScript against a data directory or a running server. */
@Command(
        name = "shell",
        description = "Query a data directory or a running server in JavaScript.",
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {

    private static final String FIRST_DATABASE = "test";

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR|URL",
            defaultValue = "http://localhost:7400",
            description =
                    "A data directory, or a server's URL with the database as its path, such as"
                            + " http://localhost:7400/jdk, or http://USER@localhost:7400/jdk where"
                            + " users log in (default: ${DEFAULT-VALUE})")
    private String target;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "Log in to the server as this user; the password is the value of the"
                            + " environment's "
                            + PasswordEntry.VARIABLE
                            + ", or asked for")
    private Optional<String> user;

    @Option(names = "--eval", paramLabel = "JS", description = "Run this and leave")
    private Optional<String> script;

    @Option(names = "--file", paramLabel = "FILE", description = "Run this file and leave")
    private Optional<Path> file;

    @Option(
            names = "--db",
            paramLabel = "NAME",
            description = "The database to start with (default: the URL's path, else test)")
    private Optional<String> database;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Backend backend = backend();
                Script session = new Script(backend, firstDatabase(), out::println)) {
            if (script.isPresent()) {
                print(session.evaluate(script.get(), "--eval"), out);
            } else if (file.isPresent()) {
                print(session.evaluate(read(file.get()), file.get().toString()), out);
            } else {
                new Repl(session, backend.place()).run();
            }
        }
        return 0;
    }

    private static void print(String result, PrintWriter out) {
        if (!result.isEmpty()) {
            out.println(result);
        }
    }

    private static String read(Path script) throws IOException {
        if (!Files.isReadable(script)) {
            throw new ShellException(script + " cannot be read");
        }
        return Files.readString(script);
    }

    private boolean isUrl() {
        return target.startsWith("http://") || target.startsWith("https://");
    }

    private Backend backend() {
        if (isUrl()) {
            URI url = URI.create(target);
            URI server = url.resolve("/");
            return new HttpBackend(user.map(name -> UrlUser.with(server, name)).orElse(server));
        }
        DataDirectory directory = new DataDirectory(Path.of(target));
        if (!Files.isDirectory(directory.path())) {
            throw new ShellException(
                    "there is no data directory %s; create it with: smilodon serve --data %s"
                            .formatted(directory.path(), target));
        }
        return new EmbeddedBackend(directory.path(), directory.open());
    }

    private String firstDatabase() {
        if (database.isPresent()) {
            return database.get();
        }
        String path = isUrl() ? URI.create(target).getPath() : "";
        String name = path.startsWith("/") ? path.substring(1) : path;
        return name.isEmpty() ? FIRST_DATABASE : name;
    }
}
