package io.smilodon.shell;

import io.smilodon.database.Salvage;
import io.smilodon.database.SalvageReport;
import io.smilodon.engine.salvage.Loss;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smilodon salvage}: what is left of a damaged directory. */
@Command(
        name = "salvage",
        description = {
            "Copy what can be read of a damaged data directory to a new one.",
            "The damaged one is only read. Exit code 0: nothing was lost; 1: something was, see the"
                    + " list; 3: it was not done."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCodes.NOT_DONE)
final class SalvageCommand implements Callable<Integer> {

    private static final int SUSPECTS_PRINTED_MAX = 20;

    @Parameters(paramLabel = "DIR", description = "The damaged data directory")
    private Path directory;

    @Parameters(paramLabel = "TARGET", description = "An absent or empty directory")
    private Path target;

    @Option(
            names = "--without-suspects",
            description = "Leave out values of which a newer version may be lost")
    private boolean withoutSuspects;

    @Mixin private ReportOutput output;

    @Override
    public Integer call() {
        DataDirectory.requireDirectory("data directory", directory);
        SalvageReport report;
        try (ProgressBar bar = output.bar()) {
            report = Salvage.run(directory, target, !withoutSuspects, bar::at);
        }
        if (output.isJson()) {
            output.json(report.toDocument());
        } else {
            print(report);
        }
        return report.isWhole() ? ExitCodes.GOOD : ExitCodes.PROBLEMS;
    }

    private void print(SalvageReport report) {
        PrintWriter out = output.out();
        if (!report.losses().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("FILE", "OFFSET", "BYTES", "COMMITS", "WHERE", "WHAT"));
            report.losses().forEach(named -> rows.add(row(named)));
            output.rows(rows);
        }
        SalvageReport.Suspects suspects = report.suspects();
        if (suspects.count() > 0) {
            out.printf(
                    "%,d values may be out of date, for a newer version may be lost; they are %s:%n",
                    suspects.count(), suspects.areKept() ? "in the copy" : "left out");
            suspects.listed().stream()
                    .limit(SUSPECTS_PRINTED_MAX)
                    .forEach(one -> out.println("  " + one.subject() + " key " + one.key()));
            if (suspects.count() > SUSPECTS_PRINTED_MAX) {
                out.println("  and more; --json lists up to 10,000");
            }
        }
        report.indexes().stream()
                .filter(index -> !index.failure().isEmpty())
                .forEach(
                        index ->
                                out.printf(
                                        "Index %s of %s could not be built: %s%n",
                                        index.name(), index.namespace(), index.failure()));
        out.printf(
                "Copied %,d values to %s; built %,d indexes.%n",
                report.copied(), target, report.indexes().size());
        out.println(report.isWhole() ? "Nothing was lost." : "Something was lost.");
    }

    private static List<String> row(SalvageReport.NamedLoss named) {
        Loss loss = named.loss();
        return List.of(
                loss.file(),
                Long.toString(loss.offset()),
                Long.toString(loss.bytes()),
                loss.commits().map(SalvageCommand::text).orElse(""),
                named.subject(),
                loss.what());
    }

    private static String text(Loss.Commits commits) {
        boolean isOpen = commits.last() == Long.MAX_VALUE;
        return commits.first() + "-" + (isOpen ? "" : commits.last());
    }
}
