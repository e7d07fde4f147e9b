package io.smilodon.bench.run;

import io.smilodon.bench.peer.PeerTable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Writes results as Markdown. Stateless. */
final class Report {

    private Report() {}

    static String markdown(BenchmarkOptions options, Results results, String conditions) {
        StringBuilder text = new StringBuilder();
        text.append("### %,d documents%n%n%s%n%n".formatted(options.documents(), conditions));
        text.append("Medians of ").append(options.rounds()).append(" rounds; in brackets how many");
        text.append(" times more than ours.\n\n");
        appendFigures(text, options.peers(), results);
        appendGates(text, results);
        results.failures()
                .forEach(
                        (workload, peers) ->
                                peers.forEach(
                                        (peer, reason) ->
                                                text.append(
                                                        "- %s of %s did not run: %s%n"
                                                                .formatted(
                                                                        workload, peer, reason))));
        return text.toString();
    }

    private static void appendFigures(StringBuilder text, List<String> peers, Results results) {
        text.append("| | | ").append(String.join(" | ", peers)).append(" |\n|---|---|");
        text.append("---|".repeat(peers.size())).append('\n');
        for (String workload : results.workloads()) {
            for (Kind kind : results.kinds(workload)) {
                text.append("| ").append(workload).append(" | ").append(kind.title());
                text.append(" | ");
                for (String peer : peers) {
                    text.append(cell(results, workload, peer, kind)).append(" | ");
                }
                text.setLength(text.length() - 1);
                text.append('\n');
            }
        }
        text.append('\n');
    }

    private static String cell(Results results, String workload, String peer, Kind kind) {
        OptionalDouble figure = results.median(workload, peer, kind);
        OptionalDouble ours = results.median(workload, PeerTable.OURS, kind);
        if (figure.isEmpty()) {
            return "–";
        }
        boolean isCompared =
                !peer.equals(PeerTable.OURS) && ours.isPresent() && ours.getAsDouble() > 0;
        String ratio =
                isCompared
                        ? String.format(
                                Locale.ROOT, " (%.2f)", figure.getAsDouble() / ours.getAsDouble())
                        : "";
        return figure(figure.getAsDouble()) + ratio;
    }

    static String figure(double figure) {
        String format = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, figure);
    }

    private static void appendGates(StringBuilder text, Results results) {
        text.append("| | gate | figures | |\n|---|---|---|---|\n");
        Gate.ALL.forEach(gate -> text.append(gate.row(results)));
        text.append('\n');
    }
}
