package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;

/** One action on a collection. Immutable and thread-safe. */
public interface Action {

    /** Whether it changes the collection (unless it is only explained). */
    boolean writes();

    /** Carries it out. The body's fields are those that MongoDB's drivers name. */
    Document run(DocumentCollection collection, Document body);
}
