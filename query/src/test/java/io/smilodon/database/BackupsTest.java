package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackupsTest {

    @Test
    void a_full_disk_is_told_from_other_failures() {
        SmilodonException full =
                Backups.failed(
                        "The backup could not be restored",
                        new FileSystemException("a", null, "No space left on device"));
        SmilodonException other =
                Backups.failed("The backup could not be restored", new IOException("gone"));

        assertEquals(14031, full.code().number());
        assertEquals(
                "Free space on the disk that is written to, and try again.",
                full.hint().orElse(""));
        assertEquals(ErrorCode.INTERNAL_ERROR, other.code());
    }
}
