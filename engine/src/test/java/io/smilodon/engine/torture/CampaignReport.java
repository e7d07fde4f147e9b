package io.smilodon.engine.torture;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of a campaign, on one line or one page. Pure functions. */
final class CampaignReport {

    private CampaignReport() {}

    static String line(List<SuiteProgress> suites, double seconds) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%6.0f s", seconds));
        for (SuiteProgress suite : suites) {
            line.append("  ").append(suite.suite().facts().name()).append(' ');
            line.append(String.format(Locale.ROOT, "%,d", suite.tally().units()));
            if (!suite.missing().isEmpty()) {
                line.append(" SKIPPED");
            }
            if (!suite.failures().isEmpty()) {
                line.append(" FAILED ").append(suite.failures().size());
            }
        }
        return line.toString();
    }

    static String page(List<SuiteProgress> suites, CampaignOptions options, double seconds) {
        StringBuilder page = new StringBuilder("# Torture\n\n");
        page.append(
                String.format(
                        Locale.ROOT,
                        "%.1f minutes, seed %d, Java %s, %d processors.%n%n",
                        seconds / 60,
                        options.seed(),
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors()));
        page.append("| | suite | done | goal | | minutes | also counted |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        suites.forEach(suite -> row(page, suite));
        page.append("\n## Failures\n\n");
        long failures = suites.stream().mapToLong(suite -> suite.failures().size()).sum();
        page.append(failures == 0 ? "None.\n" : "");
        for (SuiteProgress suite : suites) {
            suite.failures().forEach(line -> page.append("- `").append(line).append("`\n"));
        }
        return page.toString();
    }

    private static void row(StringBuilder page, SuiteProgress suite) {
        Suite.Facts facts = suite.suite().facts();
        StringBuilder others = new StringBuilder();
        for (Map.Entry<String, Long> counter : suite.tally().all().entrySet()) {
            if (!counter.getKey().equals(Tally.UNITS)) {
                others.append(others.isEmpty() ? "" : ", ");
                others.append(String.format(Locale.ROOT, "%,d ", counter.getValue()));
                others.append(counter.getKey());
            }
        }
        page.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %,d %s | %,d | %s | %.1f | %s |%n",
                        facts.name(),
                        facts.title(),
                        suite.tally().units(),
                        facts.unit(),
                        suite.goal(),
                        verdict(suite),
                        suite.seconds() / 60,
                        others));
    }

    private static String verdict(SuiteProgress suite) {
        if (!suite.failures().isEmpty()) {
            return "FAILED " + suite.failures().size();
        } else if (!suite.missing().isEmpty()) {
            return "SKIPPED: needs " + suite.missing();
        }
        return suite.tally().units() >= suite.goal() ? "ok" : "ok, below its goal";
    }
}
