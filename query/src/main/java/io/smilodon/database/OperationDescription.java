package io.smilodon.database;

import io.smilodon.engine.value.Document;

/**
 * What a request asks for.
 *
 * @param name of the command or action
 * @param database the database that it works on
 * @param collection the collection that it works on; empty for none
 * @param request the request itself
 * @param client who asks; empty inside a program
 */
public record OperationDescription(
        String name, String database, String collection, Document request, String client) {

    /** The full name of what it works on. */
    public String namespace() {
        return collection.isEmpty() ? database + ".$cmd" : database + "." + collection;
    }
}
