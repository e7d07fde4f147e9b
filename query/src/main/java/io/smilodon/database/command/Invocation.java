package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.WriteOptions;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/**
 * A command that is about to be carried out.
 *
 * @param context where it runs
 * @param name its name
 * @param body its fields, checked
 * @param argument the value of the field of its name
 */
record Invocation(CommandContext context, String name, Body body, Value argument) {

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
        WriteOptions options = WriteConcern.options(body);
        DocumentCollection collection = collection();
        return options.equals(WriteOptions.DEFAULTS) ? collection : collection.with(options);
    }
}
