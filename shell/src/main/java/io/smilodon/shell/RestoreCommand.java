package io.smilodon.shell;

import io.smilodon.database.Backups;
import io.smilodon.engine.backup.BackupList;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code smilodon restore}: a data directory from a backup. */
@Command(
        name = "restore",
        description = {
            "Make a data directory of a backup.",
            "The whole backup is checked before the target is touched."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCodes.NOT_DONE)
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "BACKUP", description = "What 'smilodon backup' wrote")
    private Path backup;

    @Parameters(paramLabel = "TARGET", description = "An absent or empty directory")
    private Path target;

    @Mixin private ReportOutput output;

    @Override
    public Integer call() {
        BackupList list;
        try (ProgressBar bar = output.bar()) {
            list = Backups.restore(backup, target, bar::at);
        }
        BackupCommand.report(output, list, "Restored", target.toString());
        return ExitCodes.GOOD;
    }
}
