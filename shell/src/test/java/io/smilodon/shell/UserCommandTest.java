package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UserCommandTest {

    private static final InputStream INPUT = System.in;

    @TempDir private Path directory;

    @AfterEach
    void restore() {
        System.setIn(INPUT);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static String run(int exitCode, String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        assertEquals(exitCode, Main.execute(writer, writer, arguments), text::toString);
        return text.toString();
    }

    private String add(int exitCode, String password, String name, String... roles) {
        String[] arguments = new String[6 + 2 * roles.length];
        String[] first = {"user", "add", data(), "--name", name, "--password-stdin"};
        System.arraycopy(first, 0, arguments, 0, first.length);
        for (int i = 0; i < roles.length; i++) {
            arguments[first.length + 2 * i] = "--role";
            arguments[first.length + 2 * i + 1] = roles[i];
        }
        return run(exitCode, password + "\n", arguments);
    }

    private String list() {
        return run(0, "", "user", "list", data());
    }

    @Test
    void users_are_made_told_and_removed() {
        assertEquals("Added root@admin.", add(0, "secret", "root", "root").strip());
        add(0, "secret", "ada", "readWrite@shop", "read@stock");

        assertEquals(
                """
                USER  DATABASE  MECHANISMS                 ROLES
                ada   admin     SCRAM-SHA-1 SCRAM-SHA-256  readWrite@shop read@stock
                root  admin     SCRAM-SHA-1 SCRAM-SHA-256  root@admin
                """,
                list().replace(System.lineSeparator(), "\n"));
        assertTrue(run(0, "", "user", "list", data(), "--json").contains("\"ada\""));
        run(0, "", "user", "remove", data(), "--name", "ada");
        assertFalse(list().contains("ada"));
        run(0, "other\n", "user", "password", data(), "--name", "root", "--password-stdin");
    }

    @Test
    void a_password_is_in_no_file() throws Exception {
        add(0, "xyzzy-plugh", "root", "root");

        try (var files = Files.walk(Path.of(data()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("xyzzy-plugh"), file::toString);
            }
        }
    }

    @Test
    void mistakes_are_told() {
        assertTrue(add(1, "", "root", "root").contains("the password is empty"));
        assertTrue(add(1, "x", "root", "nothing").contains("nothing@admin"));
        add(0, "x", "root", "root");
        assertTrue(add(1, "x", "root", "root").contains("already exists"));
        assertTrue(add(2, "x", "other").contains("--role"));
        String missing = run(1, "", "user", "remove", data(), "--name", "nobody");
        assertTrue(missing.contains("nobody"), missing);
        String nowhere = run(1, "", "user", "list", data() + "2");
        assertTrue(nowhere.contains("no data directory"), nowhere);
    }

    @Test
    void a_command_is_needed() {
        assertTrue(run(2, "", "user").contains("add"));
    }

    @Test
    void a_server_for_users_tells_when_there_are_none() throws Exception {
        assertTrue(served().contains("smilodon user add"));
        add(0, "secret", "root", "root");
        assertFalse(served().contains("smilodon user add"));
    }

    /** What a server says until it is there. */
    private String served() throws Exception {
        String[] serve = {"serve", "--data", data(), "--port", "0", "--wire-port", "0", "--auth"};
        try (ChildProgram server = ChildProgram.start(serve)) {
            server.url();
            server.terminate();
            server.await();
            return server.output();
        }
    }
}
