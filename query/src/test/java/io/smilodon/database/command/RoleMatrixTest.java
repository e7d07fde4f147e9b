package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Every command, sent by a user of each built-in role. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoleMatrixTest {

    private static final List<String> OF_DATABASES =
            List.of("read", "readWrite", "dbAdmin", "dbOwner", "userAdmin");

    private static final List<String> OF_ADMIN =
            List.of(
                    "readAnyDatabase",
                    "readWriteAnyDatabase",
                    "userAdminAnyDatabase",
                    "dbAdminAnyDatabase",
                    "clusterMonitor",
                    "hostManager",
                    "clusterManager",
                    "clusterAdmin",
                    "backup",
                    "restore",
                    "root",
                    "__system");

    /** One line of the script. */
    private record Row(List<String> names, String database, String command, List<String> roles) {

        static Row parse(String line) {
            String[] parts = line.split(" \\| ");
            return new Row(
                    List.of(parts[0].split(" ")),
                    parts[1],
                    parts[2],
                    parts.length < 4 ? List.of() : List.of(parts[3].split(" ")));
        }

        boolean allows(String role) {
            return roles.contains("everybody") || roles.contains(role);
        }
    }

    private static List<Row> rows() throws IOException {
        try (var script = RoleMatrixTest.class.getResourceAsStream("/security/matrix.txt")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Row::parse)
                    .toList();
        }
    }

    @Test
    void every_command_is_in_the_matrix() throws IOException {
        Set<String> covered = new TreeSet<>();
        rows().forEach(row -> covered.addAll(row.names));
        assertEquals(new TreeSet<>(Commands.TABLE.names()), covered);
    }

    @Test
    void built_in_roles_allow_what_the_manual_says_and_no_more() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (CommandServer server = new CommandServer()) {
            server.insertFilms();
            OF_DATABASES.forEach(role -> check(server, role, "cinema", wrong));
            OF_ADMIN.forEach(role -> check(server, role, "admin", wrong));
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static void check(
            CommandServer server, String role, String database, List<String> wrong) {
        LoggedIn user = LoggedIn.create(server, role, role + "@" + database);
        try {
            for (Row row : rows()) {
                for (String name : row.names) {
                    String command = row.command.replace("%", name);
                    if (user.isDenied(row.database, command) == row.allows(role)) {
                        wrong.add(
                                role
                                        + (row.allows(role)
                                                ? " should be allowed "
                                                : " is allowed ")
                                        + command);
                    }
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
