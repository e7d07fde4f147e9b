package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.store.ArchiveSettings;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the README shows to operators work as they stand. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationsReadmeTest {

    private static final String PROGRAM = "smilodon ";

    private static final Set<String> DIRECTORIES =
            Set.of(
                    "shop",
                    "backup",
                    "archive",
                    "restored",
                    "newest",
                    "rewound",
                    "salvaged",
                    "certain");

    @TempDir private Path directory;

    private static List<String> commands() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Operations"));
        String block = section.split("```")[1];
        return block.lines().filter(line -> line.startsWith(PROGRAM)).toList();
    }

    private String argument(List<String> words, int place) {
        boolean isCommand = place == 0;
        String word = words.get(place);
        return !isCommand && DIRECTORIES.contains(word) ? directory.resolve(word).toString() : word;
    }

    private void run(String command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = List.of(command.substring(PROGRAM.length()).split(" "));
        String[] arguments =
                Stream.iterate(0, place -> place < words.size(), place -> place + 1)
                        .map(place -> argument(words, place))
                        .toArray(String[]::new);
        int exitCode =
                Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        assertEquals(0, exitCode, () -> command + ": " + out + err);
    }

    private void write(int from, int to) {
        DatabaseOptions options =
                DatabaseOptions.DEFAULTS.withStorage(
                        DatabaseOptions.DEFAULTS
                                .storage()
                                .withArchive(
                                        ArchiveSettings.NONE.withPath(
                                                directory.resolve("archive"))));
        try (Smilodon smilodon = Smilodon.open(directory.resolve("shop"), options)) {
            DocumentCollection orders = smilodon.database("test").collection("orders");
            for (int id = from; id < to; id++) {
                orders.insertOne(ExtendedJson.readDocument("{\"_id\": " + id + "}"));
            }
        }
    }

    private long count(String name) {
        try (Smilodon smilodon = Smilodon.open(directory.resolve(name))) {
            return smilodon.database("test").collection("orders").count(Document.EMPTY);
        }
    }

    @Test
    void every_command_that_it_shows_works() throws IOException {
        write(0, 5);
        boolean hasMore = false;
        for (String command : commands()) {
            if (command.contains("--archive") && !hasMore) {
                hasMore = true;
                write(5, 30);
            }
            run(command);
        }
        assertEquals(5, count("restored"));
        assertEquals(30, count("newest"));
        assertTrue(count("rewound") > 5 && count("rewound") < 30, "in between");
        assertEquals(30, count("shop"));
        assertEquals(30, count("salvaged"));
        assertEquals(30, count("certain"));
    }
}
