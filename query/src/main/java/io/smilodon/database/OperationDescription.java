package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.security.Caller;

/**
 * What a request asks for.
 *
 * @param name of the command or action
 * @param database the database that it works on
 * @param collection the collection that it works on; empty for none
 * @param request the request itself
 * @param client from where it comes; empty inside a program
 * @param caller who asks
 */
public record OperationDescription(
        String name,
        String database,
        String collection,
        Document request,
        String client,
        Caller caller) {

    /** What nobody asks for who would have to log in. */
    public OperationDescription(
            String name, String database, String collection, Document request, String client) {
        this(name, database, collection, request, client, Caller.UNRESTRICTED);
    }

    /** The full name of what it works on. */
    public String namespace() {
        return collection.isEmpty() ? database + ".$cmd" : database + "." + collection;
    }
}
