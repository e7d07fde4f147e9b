package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.command.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeTest {

    @Test
    void every_command_has_a_row() throws IOException {
        List<String> rows =
                Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(0, line.indexOf('|', 1)))
                        .toList();
        List<String> lacking =
                Commands.TABLE.names().stream()
                        .filter(
                                name ->
                                        rows.stream()
                                                .noneMatch(row -> row.contains("`" + name + "`")))
                        .toList();
        assertEquals(List.of(), lacking);
    }
}
