package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;

/** One write of several that a command asks for. */
sealed interface Write {

    DocumentCollection collection();

    /** The same in another view of the collection. */
    Write in(DocumentCollection other);

    /** Carries out a write that is no insert. */
    WriteOutcome change();

    record Insert(DocumentCollection collection, Document document) implements Write {

        @Override
        public Write in(DocumentCollection other) {
            return new Insert(other, document);
        }

        @Override
        public WriteOutcome change() {
            throw new AssertionError("inserts go together");
        }
    }

    record Update(DocumentCollection collection, WriteStatement statement) implements Write {

        @Override
        public Write in(DocumentCollection other) {
            return new Update(other, statement);
        }

        @Override
        public WriteOutcome change() {
            return statement.update(collection);
        }
    }

    /**
     * @param isMulti whether every document that matches goes, instead of one
     */
    record Delete(DocumentCollection collection, WriteStatement statement, boolean isMulti)
            implements Write {

        @Override
        public Write in(DocumentCollection other) {
            return new Delete(other, statement, isMulti);
        }

        @Override
        public WriteOutcome change() {
            return statement.delete(collection, isMulti);
        }
    }
}
