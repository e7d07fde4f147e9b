package io.smilodon.database.stream;

import io.smilodon.database.catalog.Namespace;
import java.util.Optional;

/**
 * What a change stream watches: a collection, a database, or all.
 *
 * @param database empty for all
 * @param collection empty for all of the database
 */
public record WatchScope(Optional<String> database, Optional<String> collection) {

    public static final WatchScope EVERYTHING = new WatchScope(Optional.empty(), Optional.empty());

    public static WatchScope of(String database) {
        return new WatchScope(Optional.of(database), Optional.empty());
    }

    public static WatchScope of(Namespace namespace) {
        return new WatchScope(
                Optional.of(namespace.database()), Optional.of(namespace.collection()));
    }

    boolean includes(Namespace namespace) {
        return includes(namespace.database())
                && collection.map(namespace.collection()::equals).orElse(!namespace.isSystem());
    }

    boolean includes(String name) {
        return database.map(name::equals).orElse(true);
    }

    /** Whether this is just that collection. */
    boolean is(Namespace namespace) {
        return collection.isPresent() && includes(namespace);
    }

    /** The collection, if it is one. */
    Optional<Namespace> single() {
        return collection.map(name -> new Namespace(database.orElseThrow(), name));
    }

    /** Whether this is just that database. */
    boolean is(String name) {
        return collection.isEmpty() && database.isPresent() && includes(name);
    }

    /** What the stream is of, for cursors: a collection, or MongoDB's name for all of them. */
    public String name() {
        return database.orElse("admin") + "." + collection.orElse("$cmd.aggregate");
    }
}
