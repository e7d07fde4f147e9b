package io.smilodon.database.transfer;

import io.smilodon.engine.value.Document;

/** The text of documents, one after the other. Not thread-safe. */
public interface DocumentText {

    /** What stands before all documents. */
    String head();

    /** The next document, with what stands before it. */
    String next(Document document);

    /** What stands behind all documents. */
    String tail();
}
