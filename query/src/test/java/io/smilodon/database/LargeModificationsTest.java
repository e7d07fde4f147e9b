package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that change more documents than memory holds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeModificationsTest {

    private static final int COUNT = 240;
    private static final int BYTES = 512 << 10;

    @TempDir private Path directory;

    @Test
    void documents_changed_by_one_statement_are_not_kept_until_its_end() throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx80m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName(),
                                directory.resolve("db").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output").toFile())
                        .start();
        assertTrue(child.waitFor(3, TimeUnit.MINUTES));
        assertEquals(0, child.exitValue(), () -> output());
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Changes and deletes 120 MiB of documents where there are 80. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            DatabaseOptions options =
                    DatabaseOptions.DEFAULTS.withStorage(
                            DatabaseOptions.DEFAULTS.storage().withSyncMode(SyncMode.NONE));
            try (Smilodon smilodon = Smilodon.open(Path.of(arguments[0]), options)) {
                DocumentCollection large = smilodon.database("test").collection("large");
                for (int i = 0; i < COUNT; i++) {
                    String text = Integer.toString(i).repeat(BYTES / Integer.toString(i).length());
                    large.insertOne(Document.builder().put("_id", i).put("text", text).build());
                }
                Document all = Document.builder().build();
                Document set = Document.builder().put("n", 1).build();
                UpdateResult updated =
                        large.updateMany(all, Document.builder().put("$set", set).build());
                DeleteResult deleted = large.deleteMany(all);
                if (updated.modifiedCount() != COUNT || deleted.deletedCount() != COUNT) {
                    throw new AssertionError(List.of(updated, deleted));
                }
            }
        }
    }
}
