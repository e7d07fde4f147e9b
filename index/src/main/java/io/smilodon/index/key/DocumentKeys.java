package io.smilodon.index.key;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import java.util.Set;

/** Says which keys a document has in an index whose entries are in order. Thread-safe. */
public interface DocumentKeys {

    /**
     * The numbers of the errors that say that a document cannot be indexed, by the kind of index:
     * with values in order, hashed, with wildcards, of places, of texts.
     */
    Set<Integer> REFUSALS =
            Set.of(
                    171, 16746, // ordered
                    16766, // hashed
                    7246301, // beside wildcards
                    16755, 13026, 13027, 13068, 16804, // places
                    201, 17261, 17262, 17280); // texts

    /**
     * The keys of the document.
     *
     * @throws io.smilodon.engine.error.SmilodonException one of {@link #REFUSALS} if the document
     *     cannot be indexed; what ends an operation if it takes too long
     */
    ExtractedKeys keys(Document document);

    /** Whether what changes at this path, or below it, may change the keys of a document. */
    boolean mayChangeAt(FieldPath path);
}
