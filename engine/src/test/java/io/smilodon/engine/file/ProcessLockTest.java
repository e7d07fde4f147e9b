package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that another process holds. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessLockTest {

    @TempDir private Path path;
    private Process holder;

    @BeforeEach
    void startHolder() throws IOException {
        holder =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                path.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output = holder.inputReader();
        assertEquals("held true", output.readLine());
    }

    @AfterEach
    void stopHolder() {
        holder.destroyForcibly();
    }

    private void assertRefused() throws IOException {
        StorageDirectory directory = FileDirectory.open(path);
        SmilodonException refused = assertThrows(SmilodonException.class, directory::lock);
        assertEquals(ErrorCode.ILLEGAL_OPERATION, refused.code());
        assertEquals(Long.toString(holder.pid()), refused.details().get("pid"));
        assertEquals(path.toRealPath().toString(), refused.details().get("directory"));
        assertTrue(refused.getMessage().contains(Long.toString(holder.pid())));
    }

    @Test
    void is_refused_with_the_number_of_that_process_however_often_one_asks() throws IOException {
        assertRefused();
        assertRefused();
        assertTrue(holder.isAlive(), "unharmed");
    }

    /** In a container the number alone would be looked for in vain. */
    @Test
    void is_refused_with_the_name_of_that_machine() throws IOException {
        Path name = Path.of("/proc/sys/kernel/hostname");
        assumeTrue(Files.exists(name));
        StorageDirectory directory = FileDirectory.open(path);
        SmilodonException refused = assertThrows(SmilodonException.class, directory::lock);
        assertEquals(Files.readString(name).strip(), refused.details().get("host"));
    }

    /** Nothing is told from what another left, not even one of the same name and number. */
    @Test
    void is_free_and_told_anew_whatever_a_killed_process_left() throws Exception {
        Path owner = path.resolve("OWNER");
        String left = Files.readString(owner);
        holder.destroyForcibly().waitFor();
        assertEquals(left, Files.readString(owner));
        String own = "pid=" + ProcessHandle.current().pid();
        Files.writeString(owner, left.replaceFirst("pid=\\d+", own));
        try (DirectoryLock lock = FileDirectory.open(path).lock()) {
            SmilodonException refused =
                    assertThrows(SmilodonException.class, FileDirectory.open(path)::lock);
            String since = String.valueOf(refused.details().get("since"));
            assertTrue(Files.readString(owner).contains("since=" + since), lock.toString());
            assertFalse(left.contains(since), "which of the two holds it");
        }
    }

    @Test
    void is_free_when_that_process_ends_or_is_killed() throws Exception {
        holder.outputWriter().close();
        holder.waitFor();
        assertFalse(Files.exists(path.resolve("OWNER")));
        startHolder();
        assertRefused();
        holder.destroyForcibly().waitFor();
        try (DirectoryLock lock = FileDirectory.open(path).lock()) {
            assertTrue(Files.readString(path.resolve("OWNER")).contains("pid="), lock.toString());
        }
    }
}
