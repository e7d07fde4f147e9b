package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiscreetHistoryTest {

    @Test
    void lines_with_passwords_are_not_kept(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("history");
        try (Terminal terminal =
                new DumbTerminal(
                        new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream())) {
            LineReader reader =
                    LineReaderBuilder.builder()
                            .terminal(terminal)
                            .history(new DiscreetHistory())
                            .variable(LineReader.HISTORY_FILE, file)
                            .build();
            History history = reader.getHistory();
            history.attach(reader);
            history.add("db.films.find()");
            history.add("db.createUser({user: 'ann', pwd: 'secret', roles: []})");
            history.add("db.runCommand({\n  updateUser: 'ann',\n  pwd: 'secret'\n})");
            history.add("db.changeUserPassword('ann', 'secret')");
            history.add("db.films.count()");
            history.save();
        }
        assertEquals(2, Files.readAllLines(file).size(), Files.readString(file));
    }
}
