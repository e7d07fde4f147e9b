package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/**
 * A command that is about to be carried out.
 *
 * @param context where it runs
 * @param name its name
 * @param general the fields that every command may have, checked
 * @param body its own fields, checked
 * @param argument the value of the field of its name
 */
record Invocation(CommandContext context, String name, Body general, Body body, Value argument) {

    /** The option of those commands whose writes a validator may refuse. */
    static final String BYPASS = "bypassDocumentValidation";

    /** The name of the collection that it works on. */
    String collectionName() {
        return argument instanceof StringValue text ? text.value() : "";
    }

    /** The collection that it reads. */
    DocumentCollection collection() {
        return context.database().collection(collectionName());
    }

    /** The collection that it writes, as durably as it asks. */
    DocumentCollection writtenCollection() {
        return written(collection());
    }

    /** A collection, to write as durably as the command asks, and past its validator if it may. */
    DocumentCollection written(DocumentCollection collection) {
        DocumentCollection durable = WriteConcern.applied(collection, body);
        return body.flag(BYPASS, false) ? durable.bypassingValidation() : durable;
    }
}
