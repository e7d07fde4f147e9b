package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code smilodon user}: the users of a data directory that nobody has open. Who can write its
 * files may do everything with it anyway; so the first user is made here, and a forgotten password
 * is replaced.
 */
@Command(
        name = "user",
        description = {
            "Make and change the users of a data directory that nobody has open.",
            "While it is served, users do so by createUser and the like."
        },
        mixinStandardHelpOptions = true)
final class UserCommand implements Runnable {

    @Spec private CommandSpec spec;

    /** A user of a data directory. */
    static final class Named {

        @Parameters(paramLabel = "DIR", description = "The data directory, which nobody has open")
        private Path directory;

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "The user")
        private String name;

        @Option(
                names = "--database",
                defaultValue = "admin",
                paramLabel = "DB",
                description =
                        "The database that it belongs to, authSource of drivers (default:"
                                + " ${DEFAULT-VALUE})")
        private String database;

        private Smilodon existing() {
            return new DataDirectory(directory).openExisting();
        }

        @Override
        public String toString() {
            return name + "@" + database;
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    @Command(
            name = "add",
            description =
                    "Make a user, and the data directory if it is not there; the password is asked"
                            + " for.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin Named user,
            @Mixin PasswordEntry password,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE[@DB]",
                            description =
                                    "What it may do, such as root@admin or readWrite@shop; may be"
                                            + " repeated (a role alone is of the user's database)")
                    List<String> roles) {
        List<Value> granted = roles.stream().map(text -> role(text, user.database)).toList();
        Document command =
                Document.builder()
                        .put("createUser", user.name)
                        .put("pwd", password.read())
                        .put("roles", ArrayValue.of(granted))
                        .build();
        run(new DataDirectory(user.directory).open(), user.database, command);
        spec.commandLine().getOut().println("Added " + user + ".");
        return 0;
    }

    private static Value role(String text, String otherwise) {
        int at = text.lastIndexOf('@');
        return Document.builder()
                .put("role", at < 0 ? text : text.substring(0, at))
                .put("db", at < 0 ? otherwise : text.substring(at + 1))
                .build();
    }

    @Command(
            name = "password",
            description = "Give a user another password, which is asked for.",
            mixinStandardHelpOptions = true)
    int password(@Mixin Named user, @Mixin PasswordEntry password) {
        Document command =
                Document.builder().put("updateUser", user.name).put("pwd", password.read()).build();
        run(user.existing(), user.database, command);
        spec.commandLine().getOut().println("Changed the password of " + user + ".");
        return 0;
    }

    @Command(name = "remove", description = "Remove a user.", mixinStandardHelpOptions = true)
    int remove(@Mixin Named user) {
        run(user.existing(), user.database, Document.of("dropUser", Value.of(user.name)));
        spec.commandLine().getOut().println("Removed " + user + ".");
        return 0;
    }

    @Command(name = "list", description = "Tell all users.", mixinStandardHelpOptions = true)
    int list(
            @Parameters(paramLabel = "DIR", description = "The data directory") Path directory,
            @Mixin ReportOutput output) {
        Document all = Document.of("forAllDBs", Value.of(true));
        Document answer =
                run(
                        new DataDirectory(directory).openExisting(),
                        "admin",
                        Document.of("usersInfo", all));
        if (output.isJson()) {
            output.json(answer.without("ok"));
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("USER", "DATABASE", "MECHANISMS", "ROLES"));
        for (Document user : documents(answer.get("users"))) {
            rows.add(
                    List.of(
                            text(user.get("user")),
                            text(user.get("db")),
                            texts(user.get("mechanisms")),
                            documents(user.get("roles")).stream()
                                    .map(
                                            role ->
                                                    text(role.get("role"))
                                                            + "@"
                                                            + text(role.get("db")))
                                    .collect(Collectors.joining(" "))));
        }
        output.rows(rows);
        return 0;
    }

    /** Carries out a command, and closes the data directory. */
    private static Document run(Smilodon opened, String database, Document command) {
        try (opened) {
            Document answer = Commands.run(CommandContext.of(opened, database), command);
            if (answer.get("errmsg") instanceof StringValue error) {
                throw new ShellException(error.value());
            }
            return answer;
        }
    }

    private static List<Document> documents(Value array) {
        return array instanceof ArrayValue elements
                ? elements.elements().stream().map(Document.class::cast).toList()
                : List.of();
    }

    private static String texts(Value array) {
        return array instanceof ArrayValue elements
                ? elements.elements().stream()
                        .map(UserCommand::text)
                        .collect(Collectors.joining(" "))
                : "";
    }

    private static String text(Value value) {
        return value instanceof StringValue text ? text.value() : "";
    }
}
