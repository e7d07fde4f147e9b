package io.smilodon.shell;

import io.smilodon.database.DatabaseCheck;
import io.smilodon.database.DatabaseCheckReport;
import io.smilodon.engine.check.StoreCounts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code smilodon check}: is a data directory whole? */
@Command(
        name = "check",
        description = {
            "Check every byte of a data directory, and every index against its documents.",
            "Changes nothing. Exit code 0: all is well; 1: damage was found; 3: it could not be"
                    + " checked."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCodes.NOT_DONE)
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The data directory, which nobody has open")
    private Path directory;

    @Mixin private ReportOutput output;

    @Override
    public Integer call() {
        DataDirectory.requireDirectory("data directory", directory);
        DatabaseCheckReport report;
        try (ProgressBar bar = output.bar()) {
            report = DatabaseCheck.run(directory, bar::at);
        }
        if (report.isGood() && report.files().files() == 0) {
            throw new ShellException("there is no database in " + directory);
        }
        if (output.isJson()) {
            output.json(report.toDocument());
        } else {
            print(report);
        }
        return report.isGood() ? ExitCodes.GOOD : ExitCodes.PROBLEMS;
    }

    private void print(DatabaseCheckReport report) {
        PrintWriter out = output.out();
        if (!report.collections().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("COLLECTION", "DOCUMENTS", "INDEXES", "ENTRIES"));
            report.collections()
                    .forEach(
                            count ->
                                    rows.add(
                                            List.of(
                                                    count.namespace().toString(),
                                                    "%,d".formatted(count.documents()),
                                                    Integer.toString(count.indexes()),
                                                    "%,d".formatted(count.entries()))));
            output.rows(rows);
        }
        output.table(report.findings());
        StoreCounts files = report.files();
        out.printf(
                "Read %,d files, %,d bytes: %,d segments with %,d entries in %,d blocks, %,d log"
                        + " files with %,d commits.%n",
                files.files(),
                files.bytes(),
                files.segments(),
                files.entries(),
                files.blocks(),
                files.logs(),
                files.commits());
        out.println(
                report.isGood()
                        ? "All is well."
                        : "%,d problems. Take a copy before anything else; then restore a backup,"
                                        .formatted(report.damages())
                                + " or see: smilodon salvage --help");
    }
}
