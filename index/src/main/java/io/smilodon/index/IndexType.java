package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPattern;
import java.util.Set;

/**
 * One kind of index: which options are its own, and which keys documents have in it. A row of
 * {@link IndexTypes}. Immutable and thread-safe.
 */
public interface IndexType {

    /** The names of the options that only indexes of this type have. */
    default Set<String> optionNames() {
        return Set.of();
    }

    /** The error for one of these options in the specification of an index of another type. */
    default ErrorCode misplacedOption() {
        return ErrorCode.INVALID_INDEX_SPECIFICATION_OPTION;
    }

    /**
     * Reads the options of its own and checks what goes together in the specification.
     *
     * @param specification what the user wrote: all of it, or what the catalog stores
     * @param location where it stands in the request
     * @return the options, completed by their defaults: they are stored in the catalog, listed, and
     *     found again in {@link IndexOptions#ofType}
     */
    default Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        return Document.EMPTY;
    }

    /**
     * Refuses a definition whose options do not go with the type.
     *
     * @param location where the specification stands in the request
     */
    default void check(IndexDefinition definition, Location location) {}

    /** The key as listings show it. */
    default Document listedKey(IndexDefinition definition) {
        return definition.pattern().toDocument();
    }

    /** Says which keys a document has in an index. */
    DocumentKeys keys(IndexDefinition definition);

    /** The parts of these keys. */
    default KeyPattern keyPattern(IndexDefinition definition) {
        return definition.pattern();
    }
}
