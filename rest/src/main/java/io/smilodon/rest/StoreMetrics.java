package io.smilodon.rest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.compaction.LevelStatistics;
import io.smilodon.engine.log.LogStatistics;
import io.smilodon.engine.store.StoreState;
import io.smilodon.engine.store.StoreStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The figures of the store, in Prometheus' conventions: base units, {@code _total} for what only
 * grows. All figures of one scrape are of one moment. Thread-safe.
 */
final class StoreMetrics {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final String PREFIX = "smilodon.";

    /** More than any tree of levels has. */
    private static final int LEVELS = 8;

    private static final List<Figure> COUNTERS =
            List.of(
                    new Figure("commits", "Commits", StoreStatistics::commits),
                    new Figure("log.appended.bytes", "Commits' bytes", s -> s.log().bytes()),
                    new Figure("log.groups", "Groups of commits", s -> s.log().groups()),
                    new Figure("log.group.commits", "Commits in groups", s -> s.log().commits()),
                    new Figure("flush.runs", "Memtables flushed", s -> s.flush().flushes()),
                    new Figure("flush.bytes", "Bytes flushed", s -> s.flush().bytesOut()),
                    new Figure("flush.failures", "Flushes failed", s -> s.flush().failures()),
                    new Figure("stalls", "Commits that had to wait", s -> s.flush().stalls()),
                    new Figure(
                            "stalled.seconds",
                            "How long they waited",
                            s -> s.flush().stalledNanos() / NANOS_PER_SECOND),
                    new Figure("compaction.merges", "Merges", s -> s.compaction().merges()),
                    new Figure("compaction.moves", "Segments moved", s -> s.compaction().moves()),
                    new Figure("compaction.drops", "Segments dropped", s -> s.compaction().drops()),
                    new Figure("compaction.read.bytes", "Read", s -> s.compaction().bytesIn()),
                    new Figure(
                            "compaction.written.bytes", "Written", s -> s.compaction().bytesOut()),
                    new Figure(
                            "compaction.failures", "Steps failed", s -> s.compaction().failures()),
                    new Figure(
                            "compaction.throttled.seconds",
                            "How long the rate limit held merges up",
                            s -> s.compaction().waitedNanos() / NANOS_PER_SECOND),
                    new Figure("cache.hits", "Blocks found in memory", s -> s.cache().hits()),
                    new Figure("cache.misses", "Blocks read from disk", s -> s.cache().misses()),
                    new Figure("feed.batches", "Given to readers", s -> s.feeds().batches()),
                    new Figure("archive.files", "Copied", s -> s.archive().copiedFiles()),
                    new Figure("archive.bytes", "Copied", s -> s.archive().copiedBytes()),
                    new Figure("archive.failures", "Failed", s -> s.archive().failures()));

    private static final List<Figure> GAUGES =
            List.of(
                    new Figure("log.bytes", "Log that a recovery reads", StoreStatistics::logBytes),
                    new Figure("memtable.bytes", "Not flushed", StoreStatistics::memtableBytes),
                    new Figure("memtables.waiting", "To be flushed", s -> s.flush().waiting()),
                    new Figure("segments", "Live segments", StoreStatistics::segmentCount),
                    new Figure("segment.bytes", "Their size", StoreStatistics::segmentBytes),
                    new Figure(
                            "flush.running", "1 during a flush", s -> flag(s.flush().isRunning())),
                    new Figure(
                            "compaction.running",
                            "1 during a step",
                            s -> flag(s.compaction().isRunning())),
                    new Figure(
                            "compaction.damaged.segments",
                            "Unreadable segments that merging leaves out",
                            s -> s.compaction().damaged().size()),
                    new Figure("cache.bytes", "What the cache holds", s -> s.cache().bytes()),
                    new Figure("cache.max.bytes", "What it may hold", s -> s.cache().bytesMax()),
                    new Figure("snapshots.open", "Open snapshots", s -> s.snapshots().open()),
                    new Figure(
                            "snapshots.outdated.seconds",
                            "How long the oldest reads tables that were replaced",
                            s -> s.snapshots().outdatedMillis() / MILLIS_PER_SECOND),
                    new Figure("feeds.open", "Open change feeds", s -> s.feeds().open()),
                    new Figure("feed.lag", "Behind by, the slowest", s -> s.feeds().lag()),
                    new Figure("feed.oldest", "Oldest start of a feed", s -> s.feeds().oldest()),
                    new Figure("log.files", "With kept ones", s -> s.keptLogs().files()),
                    new Figure("log.kept.bytes", "Finished", s -> s.keptLogs().sealedBytes()),
                    new Figure("log.oldest", "Number", s -> s.keptLogs().oldestSequence()),
                    new Figure(
                            "log.oldest.seconds",
                            "A time since when every commit is there",
                            s -> s.keptLogs().oldestMillis().orElse(0L) / MILLIS_PER_SECOND),
                    new Figure("archive.waiting.files", "To copy", s -> s.archive().waitingFiles()),
                    new Figure("archive.waiting.bytes", "To copy", s -> s.archive().waitingBytes()),
                    new Figure(
                            "archive.lag.seconds",
                            "Age of the oldest file to copy",
                            s -> s.archive().lagMillis() / MILLIS_PER_SECOND),
                    new Figure("sequence", "The last visible commit", StoreStatistics::sequence));

    private record Figure(String name, String help, ToDoubleFunction<StoreStatistics> of) {}

    private final Smilodon smilodon;
    private volatile StoreStatistics latest;
    private volatile StoreState state;

    StoreMetrics(Smilodon smilodon, MeterRegistry registry) {
        this.smilodon = smilodon;
        this.latest = smilodon.statistics().store();
        this.state = smilodon.state();
        COUNTERS.forEach(figure -> counter(registry, figure));
        GAUGES.forEach(figure -> gauge(registry, figure.name(), figure));
        for (int level = 0; level < LEVELS; level++) {
            levels(registry, level);
        }
        Gauge.builder(PREFIX + "not.writable.seconds", this, StoreMetrics::notWritableSeconds)
                .description("How long the store has refused writes by now")
                .register(registry);
        for (StoreState.Mode each : StoreState.Mode.values()) {
            Gauge.builder(PREFIX + "state", this, self -> flag(self.state.mode() == each))
                    .description("1 for the state that the store is in")
                    .tag("state", each.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    /** Takes the figures that the next scrape shows. */
    void refresh() {
        latest = smilodon.statistics().store();
        state = smilodon.state();
    }

    private double notWritableSeconds() {
        return state.since()
                .map(since -> Duration.between(since, Instant.now()).toMillis() / MILLIS_PER_SECOND)
                .orElse(0.0);
    }

    private void counter(MeterRegistry registry, Figure figure) {
        FunctionCounter.builder(
                        PREFIX + figure.name(),
                        this,
                        self -> figure.of().applyAsDouble(self.latest))
                .description(figure.help())
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, Figure figure) {
        Gauge.builder(PREFIX + name, this, self -> figure.of().applyAsDouble(self.latest))
                .description(figure.help())
                .register(registry);
    }

    private void levels(MeterRegistry registry, int level) {
        Gauge.builder(PREFIX + "level.segments", this, s -> s.level(level).segmentCount())
                .description("Segments of a level")
                .tag("level", Integer.toString(level))
                .register(registry);
        Gauge.builder(PREFIX + "level.bytes", this, s -> s.level(level).bytes())
                .description("Size of a level")
                .tag("level", Integer.toString(level))
                .register(registry);
    }

    private LevelStatistics level(int number) {
        return latest.compaction().levels().stream()
                .filter(level -> level.level() == number)
                .findFirst()
                .orElse(new LevelStatistics(number, 0, 0));
    }

    private static double flag(boolean isSet) {
        return isSet ? 1 : 0;
    }

    /** The latencies of syncs, a histogram that the engine keeps itself. */
    String syncHistogram() {
        LogStatistics log = latest.log();
        StringBuilder text = new StringBuilder();
        text.append("# HELP smilodon_log_sync_seconds How long forcing the log to disk took\n");
        text.append("# TYPE smilodon_log_sync_seconds histogram\n");
        for (LogStatistics.Bucket bucket : log.syncLatencies()) {
            bucket(text, Double.toString(bucket.nanosMax() / NANOS_PER_SECOND), bucket.count());
        }
        bucket(text, "+Inf", log.syncs());
        text.append("smilodon_log_sync_seconds_sum ")
                .append(log.syncNanos() / NANOS_PER_SECOND)
                .append('\n');
        text.append("smilodon_log_sync_seconds_count ").append(log.syncs()).append('\n');
        return text.toString();
    }

    private static void bucket(StringBuilder text, String bound, long count) {
        text.append("smilodon_log_sync_seconds_bucket{le=\"")
                .append(bound)
                .append("\"} ")
                .append(count)
                .append('\n');
    }
}
