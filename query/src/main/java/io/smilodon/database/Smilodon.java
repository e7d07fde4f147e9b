package io.smilodon.database;

import java.nio.file.Path;
import java.util.List;

/**
 * An open data directory with all its databases: the entry point of a program that embeds Smilodon.
 * Thread-safe. Close it.
 *
 * <pre>{@code
 * try (Smilodon smilodon = Smilodon.open(Path.of("data"))) {
 *     DocumentCollection movies = smilodon.database("cinema").collection("movies");
 *     movies.insertOne(ExtendedJson.readDocument("{\"_id\": 1, \"title\": \"Heat\"}"));
 * }
 * }</pre>
 */
public final class Smilodon implements AutoCloseable {

    private final Instance instance;

    private Smilodon(Instance instance) {
        this.instance = instance;
    }

    /** Opens or creates a data directory. */
    public static Smilodon open(Path directory) {
        return open(directory, DatabaseOptions.DEFAULTS);
    }

    /**
     * Opens or creates a data directory.
     *
     * @throws io.smilodon.engine.error.SmilodonException if another process holds it, if its files
     *     are damaged, or if a newer version wrote them
     */
    public static Smilodon open(Path directory, DatabaseOptions options) {
        throw Pending.part();
    }

    /** A database that lives in memory and ends with {@link #close}. */
    public static Smilodon inMemory() {
        throw Pending.part();
    }

    /** The database of this name, whether it exists or not. */
    public Database database(String name) {
        return new Database(this, name, instance);
    }

    /** The databases that exist, by name. */
    public List<DatabaseSummary> databases() {
        return instance.definitions().databases();
    }

    /**
     * Creates a database without collections.
     *
     * @return whether it was created
     */
    public boolean createDatabase(String name) {
        return instance.definitions().createDatabase(name);
    }

    /**
     * Drops a database with its collections.
     *
     * @return whether there was one
     */
    public boolean dropDatabase(String name) {
        return instance.definitions().dropDatabase(name);
    }

    /** Writes what is only in memory to files, so that the next opening is quick. */
    public void checkpoint() {
        instance.store().checkpoint();
    }

    public SmilodonStatistics statistics() {
        return instance.statistics();
    }

    /** The cursors that wait for their next batch. */
    public CursorRegistry cursors() {
        return instance.cursors();
    }

    /** Ends the open cursors and closes the store; what was acknowledged is safe. */
    @Override
    public void close() {
        instance.close();
    }
}
