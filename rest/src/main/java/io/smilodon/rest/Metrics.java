package io.smilodon.rest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.smilodon.database.Smilodon;
import java.time.Duration;

/** The server's figures: requests by route, the store, the JVM. Thread-safe. */
final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StoreMetrics store;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    Metrics(Smilodon smilodon) {
        garbageCollection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        this.store = new StoreMetrics(smilodon, registry);
        ScrubMetrics.register(smilodon, registry);
        Gauge.builder("smilodon.cursors.open", () -> smilodon.statistics().openCursorCount())
                .register(registry);
        Gauge.builder(
                        "smilodon.operations.memory.bytes",
                        () -> smilodon.statistics().held().memoryBytes())
                .register(registry);
        Gauge.builder(
                        "smilodon.operations.scratch.bytes",
                        () -> smilodon.statistics().held().scratchBytes())
                .register(registry);
        FunctionCounter.builder(
                        "smilodon.audit.events", smilodon, of -> of.users().audit().written())
                .register(registry);
        FunctionCounter.builder(
                        "smilodon.audit.failures", smilodon, of -> of.users().audit().failed())
                .register(registry);
    }

    /**
     * Counts a request. The route is the declared path, so that the number of series is bounded.
     */
    void count(Route route, int status, Duration elapsed) {
        Timer.builder("smilodon.http.requests")
                .tag("method", route.method())
                .tag("route", route.openApiPath())
                .tag("status", Integer.toString(status))
                .publishPercentileHistogram(false)
                .register(registry)
                .record(elapsed);
    }

    /** All figures in the text format of Prometheus. */
    String scrape() {
        store.refresh();
        return registry.scrape() + store.syncHistogram();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
