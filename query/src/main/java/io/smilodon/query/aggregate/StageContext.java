package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;

/** What a stage may use besides its input: the operation's limits and the other collections. */
public interface StageContext {

    OperationContext operation();

    /**
     * The documents of another collection of the database that match, in the same snapshot and by
     * index where one serves; none if there is no such collection.
     */
    Cursor find(String collection, Predicate filter);

    /**
     * The same for who looks at nothing but these fields of the documents, which may come with all
     * that they have.
     */
    default Cursor find(String collection, Predicate filter, NeededFields fields) {
        return find(collection, filter);
    }

    /** What is known of the collection that the pipeline begins with, and of the server. */
    default Diagnostics diagnostics() {
        throw new AssertionError("a pipeline without a collection tells nothing of one");
    }

    /** What is known of another collection of the database. */
    default Diagnostics diagnostics(String collection) {
        throw new AssertionError("a pipeline without a database knows no collection");
    }

    /** Searches the collection that the pipeline begins with. */
    default Searching searching() {
        throw new AssertionError("a pipeline without a collection searches nothing");
    }

    /** Searches another collection of the database. */
    default Searching searching(String collection) {
        throw new AssertionError("a pipeline without a database searches nothing");
    }

    /**
     * What another pipeline makes of the collection that this one begins with, in the same
     * snapshot.
     */
    default Cursor open(Pipeline pipeline) {
        throw new AssertionError("a pipeline without a collection runs no other on it");
    }

    /**
     * What a pipeline makes of another collection of the database.
     *
     * @param evaluation the variables that its expressions see
     */
    default Cursor open(String collection, Pipeline pipeline, EvaluationContext evaluation) {
        throw new AssertionError("a pipeline without a database runs no other in it");
    }

    /** How values compare. */
    default ValueOrder order() {
        return operation().order();
    }

    /** The variables that expressions see, around an empty document. */
    default EvaluationContext evaluation() {
        return operation().evaluationOn(Document.EMPTY);
    }
}
