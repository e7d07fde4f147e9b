package io.smilodon.rest.graphql;

import io.smilodon.database.Database;
import io.smilodon.query.exec.OperationScope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The derived schemas of databases, each for some time: what is new in a collection is seen then,
 * or when a request asks for what the schema lacks. Thread-safe.
 */
final class DerivedApis {

    private static final Duration AGE_MAX = Duration.ofSeconds(60);

    /** A request for what is not there has the schema made anew, but not more often. */
    private static final Duration AGE_MIN = Duration.ofSeconds(1);

    private static final int KEPT_MAX = 20;

    private final Failures failures;

    /** Many requests that come at once have it made once. */
    private final Lock making = new ReentrantLock();

    private final Map<String, Made> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    DerivedApis(Failures failures) {
        this.failures = failures;
    }

    private record Made(Api api, long nanos) {

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - nanos > age.toNanos();
        }
    }

    Api of(Database database) {
        return known(database, AGE_MAX).orElseGet(() -> renewed(database, AGE_MAX));
    }

    boolean isOutdated(Database database) {
        return known(database, AGE_MIN).isEmpty();
    }

    Api renewed(Database database) {
        return renewed(database, AGE_MIN);
    }

    /** One that is no older, if there is one. */
    private Optional<Api> known(Database database, Duration age) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(database.name()))
                    .filter(made -> !made.isOlderThan(age))
                    .map(Made::api);
        }
    }

    /** Makes one, unless somebody else has done so meanwhile. */
    private Api renewed(Database database, Duration age) {
        OperationScope.lock(making);
        try {
            return known(database, age).orElseGet(() -> make(database));
        } finally {
            making.unlock();
        }
    }

    private Api make(Database database) {
        long nanos = System.nanoTime();
        Api api = Api.of(DerivedSchema.of(database), failures);
        synchronized (kept) {
            kept.put(database.name(), new Made(api, nanos));
        }
        return api;
    }
}
