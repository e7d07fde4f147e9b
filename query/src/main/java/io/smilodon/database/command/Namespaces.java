package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;

/** Collections that a command names in full. */
final class Namespaces {

    private Namespaces() {}

    /**
     * The collection of a full name: the database up to the first dot, the collection behind it.
     *
     * @throws SmilodonException {@code InvalidNamespace}
     */
    static DocumentCollection collection(CommandContext context, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE, "Invalid namespace specified", Map.of("ns", name));
        }
        return context.database(name.substring(0, dot)).collection(name.substring(dot + 1));
    }
}
