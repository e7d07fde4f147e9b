package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.value.Document;
import io.smilodon.query.OperatorTable;

/**
 * What can be done with a collection by name, with a document as the request and a document as the
 * answer: the actions of the REST interface and of the shell.
 */
public final class Actions {

    /** Every action by its name. */
    public static final OperatorTable<Action> TABLE = OperatorTable.<Action>builder().build();

    private Actions() {}

    /**
     * Carries out an action.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code CommandNotFound} for an unknown
     *     name, and whatever the action finds wrong
     */
    public static Document run(DocumentCollection collection, String name, Document body) {
        return TABLE.find(name).orElseThrow().run(collection, body);
    }
}
