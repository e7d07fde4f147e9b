package io.smilodon.rest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smilodon.database.ScrubStatistics;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.check.Finding;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What reading all data again has done and found, as figures and as a document. */
final class ScrubMetrics {

    /** More damage than this is counted only. */
    private static final int SHOWN_MAX = 20;

    private ScrubMetrics() {}

    static void register(Smilodon smilodon, MeterRegistry registry) {
        counter(smilodon, registry, "passes", ScrubStatistics::passes);
        counter(smilodon, registry, "blocks", ScrubStatistics::blocks);
        counter(smilodon, registry, "bytes", ScrubStatistics::bytes);
        gauge(smilodon, registry, "running", scrub -> scrub.isRunning() ? 1 : 0);
        gauge(smilodon, registry, "damages", scrub -> scrub.findings().size());
    }

    private static void counter(
            Smilodon smilodon,
            MeterRegistry registry,
            String name,
            ToDoubleFunction<ScrubStatistics> figure) {
        FunctionCounter.builder(
                        "smilodon.scrub." + name,
                        smilodon,
                        of -> figure.applyAsDouble(of.statistics().scrub()))
                .register(registry);
    }

    private static void gauge(
            Smilodon smilodon,
            MeterRegistry registry,
            String name,
            ToDoubleFunction<ScrubStatistics> figure) {
        Gauge.builder(
                        "smilodon.scrub." + name,
                        smilodon,
                        of -> figure.applyAsDouble(of.statistics().scrub()))
                .register(registry);
    }

    static Document shown(ScrubStatistics scrub) {
        List<Value> findings =
                scrub.findings().stream().limit(SHOWN_MAX).map(ScrubMetrics::shown).toList();
        return Document.builder()
                .put("status", scrub.findings().isEmpty() ? "UP" : "DAMAGED")
                .put("isRunning", scrub.isRunning())
                .put("passes", scrub.passes())
                .put("blocks", scrub.blocks())
                .put("bytes", scrub.bytes())
                .put("damages", scrub.findings().size())
                .put("findings", ArrayValue.of(findings))
                .build();
    }

    private static Value shown(Finding finding) {
        DocumentBuilder shown = Document.builder();
        if (!finding.file().isEmpty()) {
            shown.put("file", finding.file());
        }
        finding.offset().ifPresent(offset -> shown.put("offset", offset));
        if (!finding.subject().isEmpty()) {
            shown.put("subject", finding.subject());
        }
        return shown.put("found", finding.found()).build();
    }
}
