package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A document and the version that wrote it.
 *
 * @param document the document as stored
 * @param version an opaque, ordered token: a later write has a larger one; 0 if the transaction
 *     that reads it has written it and is not yet committed
 */
public record VersionedDocument(Document document, long version) {

    /** What a precondition asks about. */
    public static OptionalLong versionOf(Optional<VersionedDocument> stored) {
        return stored.isPresent() ? OptionalLong.of(stored.get().version()) : OptionalLong.empty();
    }
}
