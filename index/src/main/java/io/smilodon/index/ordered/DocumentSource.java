package io.smilodon.index.ordered;

import io.smilodon.engine.value.Document;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The documents of a collection in one read view, for those that check an index against them. */
public interface DocumentSource {

    /** Hands over every document with its encoded {@code _id}. */
    void forEach(BiConsumer<byte[], Document> action);

    /** The document with this encoded {@code _id}. */
    Optional<Document> find(byte[] idKey);

    /** Is told of each entry that is read; may end the check. */
    default void entryRead() {}
}
