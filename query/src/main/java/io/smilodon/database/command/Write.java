package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;

/** One write of several that a command asks for. */
sealed interface Write {

    DocumentCollection collection();

    record Insert(DocumentCollection collection, Document document) implements Write {}

    record Update(DocumentCollection collection, WriteStatement statement) implements Write {}

    /**
     * @param isMulti whether every document that matches goes, instead of one
     */
    record Delete(DocumentCollection collection, WriteStatement statement, boolean isMulti)
            implements Write {}
}
