package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Set;

/** Names that lead to nothing, as with RESTHeart. Pure functions. */
public final class Reserved {

    private static final Set<String> DATABASES = Set.of("admin", "config", "local");

    private Reserved() {}

    /** Whether it is a database of the server itself. */
    public static boolean isDatabase(String name) {
        return DATABASES.contains(name);
    }

    /** Whether it is a collection that is written only on the side. */
    public static boolean isCollection(String name) {
        return name.startsWith("system.")
                || name.endsWith(".chunks")
                || name.equals(Properties.COLLECTION);
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
