package io.smilodon.shell;

import io.smilodon.engine.check.Finding;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command on a data directory reports: a table to read, or JSON for programs. */
final class ReportOutput {

    @Option(names = "--json", description = "Report as JSON on standard output")
    private boolean isJson;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    boolean isJson() {
        return isJson;
    }

    /** Where text for people goes. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Progress, which must not mix with JSON. */
    ProgressBar bar() {
        return new ProgressBar(isJson ? spec.commandLine().getErr() : out());
    }

    void json(Document report) {
        out().println(ExtendedJson.writePretty(report, JsonMode.RELAXED));
        out().flush();
    }

    /** Findings, one a line, damage first. */
    void table(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "FILE", "OFFSET", "LSN", "WHERE", "WHAT"));
        findings.stream().filter(Finding::isDamage).forEach(finding -> rows.add(row(finding)));
        findings.stream().filter(note -> !note.isDamage()).forEach(note -> rows.add(row(note)));
        rows(rows);
    }

    private static List<String> row(Finding finding) {
        return List.of(
                finding.isDamage() ? "!" : "-",
                finding.file(),
                finding.offset().isPresent() ? Long.toString(finding.offset().getAsLong()) : "",
                finding.lsn().isPresent() ? Long.toString(finding.lsn().getAsLong()) : "",
                finding.subject(),
                finding.found());
    }

    /** Columns as wide as their widest cell; the last is not filled up. */
    void rows(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell);
                if (column + 1 < columns) {
                    line.append(" ".repeat(widths[column] - cell.length() + 2));
                }
            }
            out().println(line.toString().stripTrailing());
        }
    }
}
