package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StagedDirectoryTest {

    @TempDir private Path parent;

    /** {@code /tmp} is such a one; what is made in it belongs to its maker. */
    @Test
    void it_may_be_made_where_everybody_may_write() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path target = parent.resolve("backup");

        try (StagedDirectory staged = StagedDirectory.begin(target)) {
            staged.directory().create("file").close();
            staged.publish();
        }

        assertTrue(Files.exists(target.resolve("file")));
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    @Test
    void a_second_one_for_the_same_target_is_refused_and_leaves_the_first_alone()
            throws IOException {
        Path target = parent.resolve("backup");
        try (StagedDirectory first = StagedDirectory.begin(target)) {
            first.directory().create("file").close();

            SmilodonException refused =
                    assertThrows(SmilodonException.class, () -> StagedDirectory.begin(target));

            assertEquals(ErrorCode.ILLEGAL_OPERATION, refused.code());
            first.publish();
        }
        assertTrue(Files.exists(target.resolve("file")));
    }

    @Test
    void what_is_not_published_leaves_nothing() throws IOException {
        Path target = parent.resolve("backup");

        try (StagedDirectory staged = StagedDirectory.begin(target)) {
            staged.directory().create("file").close();
        }

        try (var left = Files.list(parent)) {
            assertFalse(left.findAny().isPresent());
        }
    }
}
