package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * A command that is about to be carried out.
 *
 * @param context where it runs
 * @param name its name
 * @param general the fields that every command may have, checked
 * @param body its own fields, checked
 * @param argument the value of the field of its name
 * @param snapshot the state that it reads; empty for the newest or that of its transaction
 */
record Invocation(
        CommandContext context,
        String name,
        Body general,
        Body body,
        Value argument,
        Optional<SnapshotRead> snapshot) {

    /** The option of those commands whose writes a validator may refuse. */
    static final String BYPASS = "bypassDocumentValidation";

    /** The option of those commands that write whole documents, whose empty timestamps it keeps. */
    static final String KEEPS_EMPTY = "bypassEmptyTsReplacement";

    /** The name of the collection that it works on. */
    String collectionName() {
        return argument instanceof StringValue text ? text.value() : "";
    }

    /** The collection that it reads. */
    DocumentCollection collection() {
        DocumentCollection newest = context.database().collection(collectionName());
        return snapshot.map(read -> newest.asOf(context.smilodon().asOf(read.time())))
                .orElse(newest);
    }

    /** The same, to be carried out on one state. */
    Invocation on(SnapshotRead read) {
        return new Invocation(context, name, general, body, argument, Optional.of(read));
    }

    /** The collection that it writes, as durably as it asks. */
    DocumentCollection writtenCollection() {
        return written(collection());
    }

    /** A collection, to write as durably as the command asks, and past what it asks to bypass. */
    DocumentCollection written(DocumentCollection collection) {
        return bypassing(WriteConcern.applied(collection, body));
    }

    /** A collection, to write past its validator and keeping empty timestamps if it may. */
    DocumentCollection bypassing(DocumentCollection collection) {
        DocumentCollection free =
                body.flag(BYPASS, false) ? collection.bypassingValidation() : collection;
        return body.flag(KEEPS_EMPTY, false) ? free.keepingEmptyTimestamps() : free;
    }
}
