package io.smilodon.rest.graphql;

import io.smilodon.database.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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
        synchronized (kept) {
            Made known = kept.get(database.name());
            if (known != null && !known.isOlderThan(AGE_MAX)) {
                return known.api;
            }
        }
        return renewed(database);
    }

    boolean isOutdated(Database database) {
        synchronized (kept) {
            Made known = kept.get(database.name());
            return known == null || known.isOlderThan(AGE_MIN);
        }
    }

    Api renewed(Database database) {
        long nanos = System.nanoTime();
        Api api = Api.of(DerivedSchema.of(database), failures);
        synchronized (kept) {
            kept.put(database.name(), new Made(api, nanos));
        }
        return api;
    }
}
