package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgramTest {

    @TempDir private Path directory;

    /** What a command printed, and how it ended. */
    private record Run(int exitCode, String output) {

        static Run of(String... arguments) {
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text, true);
            int exitCode = Main.execute(writer, writer, arguments);
            return new Run(exitCode, text.toString());
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    @Test
    void the_version_is_told() {
        Run run = Run.of("--version");

        assertEquals(0, run.exitCode());
        assertTrue(run.output().startsWith("smilodon "), run.output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "shell",
                "demo",
                "sample",
                "sample load",
                "sample list",
                "check"
            })
    void every_command_has_help(String command) {
        Run run = Run.of((command + " --help").strip().split(" "));

        assertEquals(0, run.exitCode());
        assertTrue(run.output().contains("Usage: smilodon"), run.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo"})
    void help_tells_how_drivers_come(String command) {
        String help = Run.of(command, "--help").output();

        for (String option :
                new String[] {
                    "--wire-port=PORT", "--no-wire", "--replica-set=NAME", "--advertise=HOST:PORT"
                }) {
            assertTrue(help.contains(option), () -> option + " in " + help);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--wire-port=70000, --wire-port takes 0 to 65535",
        "--wire-port=-1, --wire-port takes 0 to 65535",
        "--advertise=here, --advertise takes HOST:PORT",
        "--advertise=here:, --advertise takes HOST:PORT",
        "--advertise=a b:1, --advertise takes HOST:PORT",
        "--advertise=::1:5, --advertise takes HOST:PORT",
    })
    void mistakes_are_told_before_data_is_opened(String option, String told) {
        Run run = Run.of("serve", "--data", data(), option);

        assertEquals(1, run.exitCode());
        assertTrue(run.output().contains(told), run.output());
        assertFalse(Files.exists(Path.of(data())));
    }

    @Test
    void a_port_for_drivers_that_is_taken_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            Run run = Run.of("serve", "--data", data(), "--port", "0", "--wire-port", "" + port);

            assertEquals(1, run.exitCode());
            assertTrue(run.output().contains("cannot listen on port " + port), run.output());
        }
    }

    @Test
    void an_unknown_command_is_refused_with_the_known_ones() {
        Run run = Run.of("server");

        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains("serve"), run.output());
    }

    @Test
    void a_script_runs_on_a_data_directory() throws Exception {
        Files.createDirectory(directory.resolve("data"));

        Run.of("shell", data(), "--eval", "db.t.insertOne({_id: 1, a: 'x'})");
        Run read = Run.of("shell", data(), "--eval", "db.t.find({a: 'x'})");

        assertEquals("{ _id: 1, a: \"x\" }\n", read.output());
        assertEquals(0, read.exitCode());
    }

    @Test
    void a_script_runs_from_a_file_and_its_errors_name_the_line() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        Path script = Files.writeString(directory.resolve("s.js"), "print(1 + 1);\nnope();\n");

        Run run = Run.of("shell", data(), "--file", script.toString());

        assertEquals(1, run.exitCode());
        assertTrue(run.output().startsWith("2\n"), run.output());
        assertTrue(run.output().contains("line 2"), run.output());
    }

    @Test
    void operators_that_are_to_be_forbidden_must_exist() {
        Run run = Run.of("serve", "--data", data(), "--forbid-operators", "$out,$wehre");

        assertEquals(1, run.exitCode(), run.output());
        assertTrue(run.output().contains("$wehre"), run.output());
    }

    @Test
    void a_user_has_at_least_one_cursor() {
        Run run = Run.of("serve", "--data", data(), "--cursors-per-user", "0");

        assertEquals(1, run.exitCode(), run.output());
        assertTrue(run.output().contains("--cursors-per-user"), run.output());
    }

    @Test
    void an_audit_is_of_users_and_needs_its_file() {
        Run alone = Run.of("serve", "--data", data(), "--audit", data() + ".audit");
        assertEquals(1, alone.exitCode(), alone.output());
        assertTrue(alone.output().contains("--auth"), alone.output());

        Run nowhere = Run.of("serve", "--data", data(), "--auth", "--audit", data() + "/no/file");
        assertEquals(1, nowhere.exitCode(), nowhere.output());
        assertTrue(nowhere.output().contains("cannot be used"), nowhere.output());
    }

    @Test
    void a_missing_server_is_explained() {
        Run run = Run.of("shell", "http://localhost:1", "--eval", "db.t.find()");

        assertEquals(1, run.exitCode());
        assertTrue(run.output().contains("nothing answers at"), run.output());
    }

    @Test
    void an_address_that_others_reach_needs_consent() {
        Run run = Run.of("serve", "--data", data(), "--bind", "0.0.0.0");

        assertEquals(1, run.exitCode());
        assertTrue(run.output().contains("--insecure-bind"), run.output());
    }

    @Test
    void a_sample_is_loaded_into_a_directory_and_queried() {
        Run loaded = Run.of("sample", "load", "places", "--data", data());
        Run again = Run.of("sample", "load", "places", "--data", data());
        Run found =
                Run.of("shell", data(), "--db", "places", "--eval", "db.zones.countDocuments()");

        assertEquals(0, loaded.exitCode(), loaded.output());
        assertEquals(1, again.exitCode());
        assertTrue(again.output().contains("NamespaceExists (48)"), again.output());
        assertTrue(Integer.parseInt(found.output().strip()) > 400);
    }

    @Test
    void a_client_ends_the_server() throws Exception {
        try (ChildProgram server = ChildProgram.start("serve", "--data", data(), "--port", "0")) {
            URI url = URI.create(server.url());
            String command = "{\"shutdown\": 1}";
            try (Socket client = new Socket(url.getHost(), url.getPort())) {
                client.getOutputStream()
                        .write(
                                ("POST /api/v1/dbs/admin/command HTTP/1.1\r\nHost: "
                                                + url.getAuthority()
                                                + "\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: "
                                                + command.length()
                                                + "\r\n\r\n"
                                                + command)
                                        .getBytes(StandardCharsets.US_ASCII));
                assertEquals(0, server.await());
            }
            assertTrue(server.output().contains("Stopped."), server.output());
        }
    }

    @Test
    void a_server_tells_how_it_was_started() throws Exception {
        try (ChildProgram server =
                ChildProgram.start("serve", "--data", data(), "--port", "0", "--wire-port", "0")) {
            String asked = "db.adminCommand({getCmdLineOpts: 1})";
            String told = Run.of("shell", server.url(), "--eval", asked).output();
            assertEquals(
                    "argv:['smilodon','serve','--data','DATA','--port','0','--wire-port','0'],"
                            + "parsed:{net:{bindIp:'127.0.0.1,::1',maxIncomingConnections:2000,"
                            + "port:0},replication:{replSet:'smilodon'},"
                            + "storage:{dbPath:'DATA'}},ok:1",
                    told.replaceAll("\\s|^\\{|}\\s*$", "")
                            .replace('"', '\'')
                            .replace(data(), "DATA"));
        }
    }

    @Test
    void a_server_is_told_to_stop_and_leaves_everything_in_order() throws Exception {
        try (ChildProgram server = ChildProgram.start("serve", "--data", data(), "--port", "0")) {
            String url = server.url();
            Run held = Run.of("shell", data(), "--eval", "1");
            Run taken =
                    Run.of(
                            "serve",
                            "--data",
                            directory.resolve("other").toString(),
                            "--port",
                            Integer.toString(URI.create(url).getPort()));
            Run.of("shell", url + "/test", "--eval", "db.t.insertOne({_id: 1})");
            Run wrong = Run.of("shell", url, "--eval", "db.t.find({a: {$gtt: 1}}).toArray()");
            Run sample = Run.of("sample", "load", "places", "--url", url);
            server.terminate();

            assertEquals(0, server.await(), server.output());
            assertEquals(1, held.exitCode());
            assertTrue(held.output().contains("use its URL: smilodon shell " + url), held.output());
            assertEquals(1, taken.exitCode());
            assertTrue(taken.output().contains("is in use"), taken.output());
            assertTrue(wrong.output().contains("at /filter/a/$gtt"), wrong.output());
            assertEquals(0, sample.exitCode(), sample.output());
        }
        assertEquals("1\n", Run.of("shell", data(), "--eval", "db.t.countDocuments()").output());
    }
}
