package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Verbosity;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.value.Document;

/** What a command asks for, as an action: that gives it its meaning. */
record AskedAction(String name, Document body) {

    Document run(DocumentCollection collection) {
        return Actions.run(collection, name, body);
    }

    /** How it would be carried out. */
    Document explain(DocumentCollection collection, Verbosity verbosity) {
        return Actions.explain(collection, name, body, verbosity);
    }
}
