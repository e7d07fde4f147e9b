package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Smilodon;
import io.smilodon.rest.RestOptions;
import io.smilodon.rest.RestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script of lines, each followed by what the shell answers to it. */
final class ScriptAnswers {

    private ScriptAnswers() {}

    /** Runs the lines of a script: it is itself again if all answers are as they stand there. */
    static String of(String script, Backend backend) {
        List<String> answers = new ArrayList<>();
        String[] lines = script.lines().toArray(String[]::new);
        try (Script running = new Script(backend, "test", answers::add)) {
            for (int i = 0; i < lines.length; i += 2) {
                answers.add(lines[i]);
                answers.add(answer(running, lines[i]));
            }
        }
        return String.join("\n", answers) + "\n";
    }

    static void assertInThisProcess(String script) {
        try (Backend backend = new EmbeddedBackend(Path.of("memory"), Smilodon.inMemory())) {
            assertEquals(script, of(script, backend));
        }
    }

    static void assertThroughServer(String script) {
        Smilodon smilodon = Smilodon.inMemory();
        RestServer server = RestServer.start(smilodon, RestOptions.DEFAULTS.withPort(0));
        try (Backend backend = new HttpBackend(URI.create("http://localhost:" + server.port()))) {
            assertEquals(script, of(script, backend));
        } finally {
            server.close();
            smilodon.close();
        }
    }

    private static String answer(Script script, String line) {
        try {
            return script.evaluate(line, "test");
        } catch (ShellException failure) {
            return failure.getMessage();
        }
    }
}
