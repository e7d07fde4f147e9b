package io.smilodon.engine.torture;

import java.util.List;
import java.util.Optional;

/** Every suite, in the order of the report. */
public final class Suites {

    public static final List<Suite> ALL =
            List.of(
                    new KillSuite(),
                    new FailpointSuite(),
                    new PowerLossSuite(),
                    new LogDamageSuite(),
                    new SegmentDamageSuite(),
                    new ManifestDamageSuite(),
                    new FaultPointSuite(),
                    new FullDiskSuite(),
                    new TraceSuite(),
                    new InterruptSuite(),
                    new LockSuite(),
                    new BackupSuite(),
                    new FeedSuite(),
                    new ModelSuite(),
                    new IsolationSuite(),
                    new KilledHistorySuite());

    private Suites() {}

    public static Optional<Suite> named(String name) {
        return named(name, ALL);
    }

    static Optional<Suite> named(String name, List<Suite> suites) {
        return suites.stream()
                .filter(suite -> suite.facts().name().equalsIgnoreCase(name))
                .findAny();
    }
}
