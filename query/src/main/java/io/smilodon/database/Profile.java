package io.smilodon.database;

import io.smilodon.database.catalog.Cap;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import io.smilodon.query.update.DocumentRules;

/**
 * The collection {@value #COLLECTION} of each database that is profiled: what was done, the newest
 * mebibyte of it. Only the profiler writes to it. Thread-safe.
 */
final class Profile {

    static final String COLLECTION = "system.profile";

    private static final CollectionOptions OPTIONS =
            CollectionOptions.NONE.withCap(new Cap(1 << 20, 0));

    private final Access access;

    Profile(Access access) {
        this.access = access;
    }

    /** Makes sure that a database has one. */
    void create(String database) {
        new Definitions(access).ensureSystem(new Namespace(database, COLLECTION), OPTIONS);
    }

    /**
     * Keeps an entry, unless writing is locked. What was done was done, whether that can be kept or
     * not.
     */
    void add(String database, Document entry) {
        if (access.instance().writeHold().count() > 0) {
            return;
        }
        try {
            Document stored = DocumentRules.forInsert(entry, Location.ROOT);
            CollectionWrites writes =
                    new CollectionWrites(access, new Namespace(database, COLLECTION));
            writes.run(
                    0,
                    writer -> {
                        writer.insert(stored, SizeLimit.OF_INSERT);
                        return Attempt.commit(stored);
                    });
        } catch (SmilodonException failure) {
            DatabaseLog.of(Profile.class)
                    .log(
                            System.Logger.Level.WARNING,
                            () -> "the profile of " + database + " could not be written",
                            failure);
        }
    }
}
