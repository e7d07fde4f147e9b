package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The requests that took long: a line in the log for each, and the last thousand in memory for the
 * databases that are profiled. Level 0 keeps none, 1 those that took long, 2 all. Thread-safe.
 */
public final class SlowOperations {

    /** What counts as long unless somebody says otherwise. */
    public static final long THRESHOLD_MILLIS = 100;

    private static final System.Logger LOGGER = System.getLogger(SlowOperations.class.getName());
    private static final int KEPT_MAX = 1_000;
    private static final int LEVEL_MAX = 2;

    private final Map<String, Integer> levels = new ConcurrentHashMap<>();
    private volatile long thresholdMillis = THRESHOLD_MILLIS;

    /** The kept ones of all databases, the oldest first. Guarded by this. */
    private final Deque<Kept> kept = new ArrayDeque<>();

    private record Kept(String database, Document entry) {}

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
        if (level < 0 || level > LEVEL_MAX) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Invalid profiling level",
                            Map.of("actual", level, "expected", "0, 1 or 2"))
                    .at(Location.ROOT.child("profile"));
        }
        if (level == 0) {
            levels.remove(database);
        } else {
            levels.put(database, level);
        }
    }

    /** How many milliseconds are long. */
    public long thresholdMillis() {
        return thresholdMillis;
    }

    public void setThresholdMillis(long millis) {
        thresholdMillis = millis;
    }

    /** What is kept of a database, the oldest first. */
    public synchronized List<Document> of(String database) {
        List<Document> entries = new ArrayList<>();
        for (Kept one : kept) {
            if (one.database.equals(database)) {
                entries.add(one.entry);
            }
        }
        return entries;
    }

    /** What is kept of all databases, the oldest first. */
    public synchronized List<Document> all() {
        return kept.stream().map(Kept::entry).toList();
    }

    void ended(RunningOperation operation) {
        long millis = TimeUnit.NANOSECONDS.toMillis(operation.scope().elapsedNanos());
        boolean isSlow = millis >= thresholdMillis;
        String database = operation.description().database();
        int level = level(database);
        if (isSlow) {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "Slow operation: {0} on {1} took {2} ms",
                    operation.description().name(),
                    operation.description().namespace(),
                    millis);
        }
        if (level == LEVEL_MAX || (level == 1 && isSlow)) {
            keep(new Kept(database, operation.toProfile(millis)));
        }
    }

    private synchronized void keep(Kept entry) {
        if (kept.size() == KEPT_MAX) {
            kept.removeFirst();
        }
        kept.addLast(entry);
    }
}
