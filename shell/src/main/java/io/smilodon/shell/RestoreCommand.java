package io.smilodon.shell;

import io.smilodon.database.Backups;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.backup.RestoreGoal;
import io.smilodon.engine.value.Document;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smilodon restore}: a data directory from a backup. */
@Command(
        name = "restore",
        description = {
            "Make a data directory of a backup.",
            "The whole backup is checked before the target is touched. With --archive also commits"
                    + " after the backup, up to a commit or an instant."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCodes.NOT_DONE)
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BACKUP", description = "What 'smilodon backup' wrote")
    private Path backup;

    @Parameters(paramLabel = "TARGET", description = "An absent or empty directory")
    private Path target;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Add the commits of the log files archived here")
    private Optional<Path> archive = Optional.empty();

    @ArgGroup(multiplicity = "0..1")
    private Until until = new Until();

    @Mixin private ReportOutput output;

    /** Up to where; without it, as far as the archive goes. */
    static final class Until {

        @Option(names = "--to-sequence", paramLabel = "N", description = "Commits up to this one")
        private Optional<Long> sequence = Optional.empty();

        @Option(
                names = "--to-time",
                paramLabel = "T",
                description = "Commits up to this instant, such as 2026-11-21T05:00:00Z")
        private Optional<Instant> time = Optional.empty();

        boolean isGiven() {
            return sequence.isPresent() || time.isPresent();
        }

        RestoreGoal goal() {
            if (sequence.isPresent()) {
                return new RestoreGoal.ToSequence(sequence.get());
            }
            return time.isPresent() ? new RestoreGoal.ToTime(time.get()) : new RestoreGoal.End();
        }
    }

    @Override
    public Integer call() {
        DataDirectory.requireDirectory("backup", backup);
        archive.ifPresent(logs -> DataDirectory.requireDirectory("archive", logs));
        if (archive.isPresent()) {
            return fromArchive(archive.get());
        }
        if (until.isGiven()) {
            throw new ShellException("--to-sequence and --to-time need --archive");
        }
        BackupList list;
        try (ProgressBar bar = output.bar()) {
            list = Backups.restore(backup, target, bar::at);
        }
        BackupCommand.report(output, list, "Restored", target.toString());
        return ExitCodes.GOOD;
    }

    private int fromArchive(Path logs) {
        long last;
        try (ProgressBar bar = output.bar()) {
            last =
                    Backups.restore(
                            new Backups.Sources(backup, logs, until.goal()), target, bar::at);
        }
        if (output.isJson()) {
            output.json(
                    Document.builder()
                            .put("target", target.toString())
                            .put("sequence", last)
                            .build());
        } else {
            output.out().printf("Restored to %s: everything up to commit %d.%n", target, last);
        }
        return ExitCodes.GOOD;
    }
}
