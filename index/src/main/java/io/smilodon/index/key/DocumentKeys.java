package io.smilodon.index.key;

import io.smilodon.engine.value.Document;

/** Says which keys a document has in an index whose entries are in order. Thread-safe. */
@FunctionalInterface
public interface DocumentKeys {

    /**
     * The keys of the document.
     *
     * @throws io.smilodon.engine.error.SmilodonException if the document cannot be indexed
     */
    ExtractedKeys keys(Document document);
}
