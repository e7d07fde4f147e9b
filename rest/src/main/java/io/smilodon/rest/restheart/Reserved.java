package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;

/** Names that lead to nothing, as with RESTHeart. Pure functions. */
public final class Reserved {

    /** Those of the server, and those that are no databases in a path. */
    private static final Set<String> DATABASES =
            Set.of("admin", "config", "local", "_size", "_sessions");

    private static final Set<String> COLLECTIONS = Set.of(Properties.COLLECTION, "_meta", "_size");

    private static final Set<String> DOCUMENTS =
            Set.of("_meta", "_size", "_indexes", "_aggrs", "_streams");

    private Reserved() {}

    /** Whether it is no database, or one of the server itself. */
    public static boolean isDatabase(String name) {
        return DATABASES.contains(name);
    }

    /** Whether it is no collection, or one that is written only on the side. */
    public static boolean isCollection(String name) {
        return name.startsWith("system.") || name.endsWith(".chunks") || COLLECTIONS.contains(name);
    }

    /** Whether it is no document. */
    public static boolean isDocument(String id) {
        return DOCUMENTS.contains(id);
    }

    /**
     * Refuses these.
     *
     * @throws SmilodonException {@code Unauthorized} (13)
     */
    public static void refuse(boolean isReserved, String name) {
        if (isReserved) {
            throw new SmilodonException(
                            ErrorCode.UNAUTHORIZED, "reserved resource", Map.of("name", name))
                    .withHint("the routes under /api/v1 lead to it");
        }
    }
}
