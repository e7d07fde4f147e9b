package io.smilodon.rest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.store.StoreStatistics;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The server's figures: requests by route, the store, the JVM. Thread-safe. */
final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    Metrics(Smilodon smilodon) {
        garbageCollection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        store(smilodon, "smilodon.store.commits", StoreStatistics::commits);
        store(smilodon, "smilodon.store.syncs", StoreStatistics::syncs);
        store(smilodon, "smilodon.store.log.bytes", StoreStatistics::logBytes);
        store(smilodon, "smilodon.store.memtable.bytes", StoreStatistics::memtableBytes);
        store(smilodon, "smilodon.store.segments", StoreStatistics::segmentCount);
        store(smilodon, "smilodon.store.segment.bytes", StoreStatistics::segmentBytes);
        Gauge.builder("smilodon.cursors.open", () -> smilodon.statistics().openCursorCount())
                .register(registry);
    }

    private void store(Smilodon smilodon, String name, ToDoubleFunction<StoreStatistics> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(smilodon.statistics().store()))
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
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
