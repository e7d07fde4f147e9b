package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The requests that took long: a line in the log for each, the last thousand in memory, and an
 * entry in the {@code system.profile} of a database that is profiled. Level 0 keeps none there, 1
 * those that took long, 2 all. A filter of a database decides in the place of the time. What a
 * request has waited for, as for the next change of a stream, does not count. Thread-safe.
 */
public final class SlowOperations {

    /** What counts as long unless somebody says otherwise. */
    public static final long THRESHOLD_MILLIS = 100;

    /** The level at which every request is kept. */
    public static final int LEVEL_ALL = 2;

    private static final int KEPT_MAX = 1_000;

    private final Profile profile;
    private final Map<String, Integer> levels = new ConcurrentHashMap<>();
    private final Map<String, Filter> filters = new ConcurrentHashMap<>();
    private volatile long thresholdMillis = THRESHOLD_MILLIS;
    private volatile double sampleRate = 1;

    /** Those that took long, the oldest first. Guarded by this. */
    private final Deque<Document> kept = new ArrayDeque<>();

    SlowOperations(Profile profile) {
        this.profile = profile;
    }

    /** Which entries are wanted, as the user wrote it and as it was read. */
    private record Filter(Document written, Predicate predicate) {

        /** One on which the filter fails is not wanted: the request itself must not fail of it. */
        boolean wants(Document entry) {
            try {
                return predicate.matches(entry);
            } catch (SmilodonException failure) {
                DatabaseLog.of(SlowOperations.class)
                        .log(System.Logger.Level.DEBUG, "the filter of a profile fails", failure);
                return false;
            }
        }
    }

    /** What is kept of a database. */
    public int level(String database) {
        return levels.getOrDefault(database, 0);
    }

    /**
     * Says what is kept of a database from now on.
     *
     * @throws SmilodonException {@code BadValue} for a level that there is not
     */
    public void setLevel(String database, int level) {
        if (level < 0 || level > LEVEL_ALL) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Invalid profiling level",
                            Map.of("actual", level, "expected", "0, 1 or 2"))
                    .at(Location.ROOT.child("profile"));
        }
        if (level == 0) {
            levels.remove(database);
        } else {
            profile.create(database);
            levels.put(database, level);
        }
    }

    /** Which entries of a database are wanted; empty where the time decides. */
    public Optional<Document> filter(String database) {
        return Optional.ofNullable(filters.get(database)).map(Filter::written);
    }

    /** Lets a filter decide which requests on a database count as slow. */
    public void setFilter(String database, Document filter) {
        Location place = Location.ROOT.child("filter");
        filters.put(database, new Filter(filter, PredicateParser.parse(filter, place)));
    }

    /** Lets the time decide again. */
    public void unsetFilter(String database) {
        filters.remove(database);
    }

    /** A database is gone; one of this name that comes later is not profiled. */
    void forget(String database) {
        levels.remove(database);
        filters.remove(database);
    }

    /** How many milliseconds are long. */
    public long thresholdMillis() {
        return thresholdMillis;
    }

    public void setThresholdMillis(long millis) {
        thresholdMillis = millis;
    }

    /** The share of those that took long that is told of. */
    public double sampleRate() {
        return sampleRate;
    }

    /**
     * Says which share is told of.
     *
     * @throws SmilodonException {@code BadValue} unless it is between 0 and 1
     */
    public void setSampleRate(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "'sampleRate' must be between 0.0 and 1.0 inclusive",
                            Map.of("actual", share))
                    .at(Location.ROOT.child("sampleRate"));
        }
        sampleRate = share;
    }

    /** Those of all databases that took long, the oldest first. */
    public synchronized List<Document> all() {
        return List.copyOf(kept);
    }

    /**
     * A request has ended.
     *
     * @param failure why it failed, if it did
     */
    void ended(RunningOperation operation, Optional<SmilodonException> failure) {
        String database = operation.description().database();
        long millis = TimeUnit.NANOSECONDS.toMillis(operation.scope().workedNanos());
        Filter filter = filters.get(database);
        boolean isCandidate = filter != null || isLong(millis);
        int level = level(database);
        if (!isCandidate && level < LEVEL_ALL) {
            return;
        }
        Document entry = operation.toProfile(millis, failure);
        boolean isSlow = filter == null ? isCandidate : filter.wants(entry);
        if (isSlow) {
            log(operation.description(), millis);
            keep(entry);
        }
        if (level == LEVEL_ALL || (level > 0 && isSlow)) {
            profile.add(database, entry);
        }
    }

    private boolean isLong(long millis) {
        return millis >= thresholdMillis
                && (sampleRate == 1 || ThreadLocalRandom.current().nextDouble() < sampleRate);
    }

    private static void log(OperationDescription description, long millis) {
        DatabaseLog.of(SlowOperations.class)
                .log(
                        System.Logger.Level.INFO,
                        "Slow operation: {0} on {1} took {2} ms",
                        description.name(),
                        description.namespace(),
                        millis);
    }

    private synchronized void keep(Document entry) {
        if (kept.size() == KEPT_MAX) {
            kept.removeFirst();
        }
        kept.addLast(entry);
    }
}
