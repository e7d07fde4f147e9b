package io.smilodon.database;

import io.smilodon.engine.value.Document;

/**
 * A document and the version that wrote it.
 *
 * @param document the document as stored
 * @param version an opaque, ordered token: a later write has a larger one
 */
public record VersionedDocument(Document document, long version) {}
