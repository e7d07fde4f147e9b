package io.smilodon.database.catalog;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The name of a collection within its database. A namespace that exists obeys MongoDB's rules for
 * names.
 *
 * @param database the database: 1 to 63 bytes, without {@code / \ . " $}, space and NUL
 * @param collection the collection: without {@code $} and NUL, not empty, not starting with a dot
 */
public record Namespace(String database, String collection) {

    private static final int DATABASE_BYTES_MAX = 63;

    /** The full name, as MongoDB's servers do not take longer ones. */
    private static final int FULL_BYTES_MAX = 255;

    private static final String DATABASE_FORBIDDEN = "/\\. \"$\0";

    public Namespace {
        checkDatabase(database);
        checkCollection(database, collection);
    }

    /**
     * Refuses a name that no database can have.
     *
     * @throws SmilodonException {@code InvalidNamespace}
     */
    public static void checkDatabase(String name) {
        int bytes = bytes(name);
        if (bytes == 0 || bytes > DATABASE_BYTES_MAX) {
            throw invalid("Database names must be 1 to 63 bytes long", name);
        }
        if (name.chars().anyMatch(c -> DATABASE_FORBIDDEN.indexOf(c) >= 0)) {
            throw invalid("Database names must not contain / \\ . \" $, space or NUL", name);
        }
    }

    private static void checkCollection(String database, String name) {
        if (name.isEmpty()) {
            throw invalid("Collection names cannot be empty", name);
        }
        if (name.startsWith(".")) {
            throw invalid("Collection names cannot start with '.'", name);
        }
        if (name.indexOf('$') >= 0 || name.indexOf('\0') >= 0) {
            throw invalid("Collection names must not contain $ or NUL", name);
        }
        if (bytes(database) + 1 + bytes(name) > FULL_BYTES_MAX) {
            throw invalid("Fully qualified namespaces must not be longer than 255 bytes", name);
        }
    }

    /** Whether the collection is one of the server's own, which users do not write. */
    public boolean isSystem() {
        return collection.startsWith("system.");
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private static SmilodonException invalid(String template, String name) {
        return new SmilodonException(
                ErrorCode.INVALID_NAMESPACE, template, Map.of("name", name.replace("\0", "\\0")));
    }

    /**
     * By hand, like the hash: opening needs both, and Java generates a class for a record's own.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Namespace that
                && collection.equals(that.collection)
                && database.equals(that.database);
    }

    @Override
    public int hashCode() {
        return 31 * database.hashCode() + collection.hashCode();
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
