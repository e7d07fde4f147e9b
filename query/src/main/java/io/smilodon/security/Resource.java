package io.smilodon.security;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * What an action is done to, and what a role allows it on: there an empty name stands for all
 * databases, or for all collections but those of the server itself.
 */
public record Resource(Kind kind, String database, String collection) {

    /** What can be meant. */
    public enum Kind {
        /** A collection, a database, or all that bear a name. */
        NAMESPACE,
        /** The server. */
        CLUSTER,
        /** Everything there is, only as what a role allows. */
        ANYTHING
    }

    public static final Resource CLUSTER = new Resource(Kind.CLUSTER, "", "");
    public static final Resource ANYTHING = new Resource(Kind.ANYTHING, "", "");

    /** Every database but {@code local} and {@code config}, and what is not the server's own. */
    public static final Resource EVERY_DATABASE = new Resource(Kind.NAMESPACE, "", "");

    private static final String SYSTEM = "system.";

    /** A database as such; in a role its collections too, but those of the server itself. */
    public static Resource database(String name) {
        return new Resource(Kind.NAMESPACE, name, "");
    }

    public static Resource collection(String database, String name) {
        return new Resource(Kind.NAMESPACE, database, name);
    }

    /** In a role: the collections of this name in all databases. */
    static Resource named(String collection) {
        return new Resource(Kind.NAMESPACE, "", collection);
    }

    /** Whether it is one collection of the server itself: those have to be named in a role. */
    public boolean isSystem() {
        return collection.startsWith(SYSTEM);
    }

    /** Whether it is in a database for the server, which has to be named in a role. */
    boolean isOfServersDatabase() {
        return database.equals("local") || database.equals("config");
    }

    /** As MongoDB shows and stores it. */
    public Document toDocument() {
        return switch (kind) {
            case CLUSTER -> Document.of("cluster", Value.of(true));
            case ANYTHING -> Document.of("anyResource", Value.of(true));
            case NAMESPACE ->
                    Document.builder().put("db", database).put("collection", collection).build();
        };
    }
}
