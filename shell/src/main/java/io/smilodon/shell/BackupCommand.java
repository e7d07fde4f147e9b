package io.smilodon.shell;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.backup.BackupList;
import io.smilodon.engine.value.Document;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code smilodon backup}: a consistent copy of everything. */
@Command(
        name = "backup",
        description = {
            "Copy all databases as of one moment.",
            "Of a running server: a name, beneath the server's --backup-root; writing goes on."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCodes.NOT_DONE)
final class BackupCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|URL",
            description = "A data directory that nobody has open, or a running server")
    private String source;

    @Parameters(paramLabel = "TARGET", description = "An absent or empty directory")
    private String target;

    @Mixin private ReportOutput output;

    @Override
    public Integer call() {
        if (source.startsWith("http://") || source.startsWith("https://")) {
            return there();
        }
        BackupList list;
        try (Smilodon smilodon = new DataDirectory(Path.of(source)).openExisting();
                ProgressBar bar = output.bar()) {
            list = smilodon.backup(Path.of(target), bar::at);
        }
        report(list, "Backed up", target);
        return ExitCodes.GOOD;
    }

    private int there() {
        try (RestClient client = new RestClient(URI.create(source));
                ProgressBar bar = output.bar()) {
            Document body = Document.builder().put("target", target).build();
            new TaskWatch(client, bar).run("/api/v1/admin/backup", body);
        }
        output.out().println("Backed up to " + target + ", beneath the server's backup root.");
        return ExitCodes.GOOD;
    }

    private void report(BackupList list, String what, String where) {
        report(output, list, what, where);
    }

    static void report(ReportOutput output, BackupList list, String what, String where) {
        if (output.isJson()) {
            output.json(
                    Document.builder()
                            .put("target", where)
                            .put("sequence", list.sequence())
                            .put("created", list.created().toString())
                            .put("files", list.files().size())
                            .put("bytes", list.bytes())
                            .build());
            return;
        }
        output.out()
                .printf(
                        "%s %,d files, %,d bytes, to %s: everything up to commit %d (%s).%n",
                        what,
                        list.files().size(),
                        list.bytes(),
                        where,
                        list.sequence(),
                        list.created());
    }
}
