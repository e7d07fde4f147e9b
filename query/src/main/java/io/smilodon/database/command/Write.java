package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;
import java.util.Optional;

/** One write of several that a command asks for. */
sealed interface Write {

    DocumentCollection collection();

    /** The same in another view of the collection. */
    Write in(DocumentCollection other);

    /** Whether it may write many documents. */
    boolean isMany();

    WriteOutcome carryOut();

    /** Tells what it has done. */
    void report(WriteReport report, int index, WriteOutcome outcome);

    record Insert(DocumentCollection collection, Document document) implements Write {

        @Override
        public Write in(DocumentCollection other) {
            return new Insert(other, document);
        }

        @Override
        public boolean isMany() {
            return false;
        }

        @Override
        public WriteOutcome carryOut() {
            collection.insertOne(document);
            return new WriteOutcome(1, 0, Optional.empty());
        }

        @Override
        public void report(WriteReport report, int index, WriteOutcome outcome) {
            report.inserted(index);
        }
    }

    record Update(DocumentCollection collection, WriteStatement statement) implements Write {

        @Override
        public Write in(DocumentCollection other) {
            return new Update(other, statement);
        }

        @Override
        public boolean isMany() {
            return statement.isMulti();
        }

        @Override
        public WriteOutcome carryOut() {
            return statement.update(collection);
        }

        @Override
        public void report(WriteReport report, int index, WriteOutcome outcome) {
            report.updated(index, outcome);
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
        public boolean isMany() {
            return isMulti;
        }

        @Override
        public WriteOutcome carryOut() {
            return statement.delete(collection, isMulti);
        }

        @Override
        public void report(WriteReport report, int index, WriteOutcome outcome) {
            report.deleted(index, outcome);
        }
    }
}
