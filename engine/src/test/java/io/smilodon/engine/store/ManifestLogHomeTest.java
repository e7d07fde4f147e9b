package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.CommitLog;
import io.smilodon.engine.log.CommitTimes;
import io.smilodon.engine.log.Forcing;
import io.smilodon.engine.log.LogContext;
import io.smilodon.engine.log.LogHome;
import io.smilodon.engine.log.LogOptions;
import io.smilodon.engine.log.Poison;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.manifest.ManifestChange;
import io.smilodon.engine.manifest.ManifestState;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.StallingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManifestLogHomeTest {

    private static final LogOptions OPTIONS =
            new LogOptions(Forcing.NOW, 0, 0, 4096, Long.MAX_VALUE, 1024, false);

    private interface Task {
        void run() throws IOException;
    }

    private static Thread start(Task task) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                task.run();
                            } catch (IOException failure) {
                                throw new UncheckedIOException(failure);
                            }
                        });
    }

    /**
     * A log is unknown if its number is not taken yet. If an edit in between took it, and the one
     * that names the log were lost, its commits would be taken for garbage.
     */
    @Test
    void no_edit_takes_the_number_of_a_log_that_is_being_made() throws Exception {
        Poison poison = new Poison();
        StallingDirectory directory =
                new StallingDirectory(new FaultyDirectory(), name -> name.endsWith(".log"));
        Manifest manifest =
                Manifest.start(
                        directory,
                        new Manifest.Contents(42, ManifestState.EMPTY),
                        new Random(1)::nextLong,
                        poison);
        ManifestLogHome.Opening opening =
                new ManifestLogHome.Opening(
                        new ManifestChange.RunBegun(Forcing.NOW, 0), Optional.empty());
        LogHome home = new ManifestLogHome(manifest, directory, opening, () -> {});
        LogContext context = new LogContext(OPTIONS, poison, Clocks.REAL, new CommitTimes());
        directory.stall();
        Thread first = start(() -> CommitLog.start(directory, home, context, 1).close());
        directory.awaitStalled();
        Thread other =
                start(
                        () -> {
                            manifest.newFile(FileKind.SEGMENT);
                            manifest.append(List.of());
                        });
        Await.until(
                "the other waits",
                () -> !other.isAlive() || other.getState() == Thread.State.BLOCKED);
        assertEquals(1, manifest.state().nextNumber());
        directory.release();
        first.join();
        other.join();
        assertEquals(3, manifest.state().nextNumber());
        assertTrue(manifest.state().logs().containsKey(1L));
        manifest.close();
    }
}
