package io.smilodon.index.key;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;

/** Says which keys a document has in an index whose entries are in order. Thread-safe. */
public interface DocumentKeys {

    /**
     * The keys of the document.
     *
     * @throws io.smilodon.engine.error.SmilodonException if the document cannot be indexed
     */
    ExtractedKeys keys(Document document);

    /** Whether what changes at this path, or below it, may change the keys of a document. */
    boolean mayChangeAt(FieldPath path);
}
