package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.security.Caller;
import io.smilodon.security.Permit;

/**
 * What a request asks for.
 *
 * @param name of the command or action
 * @param database the database that it works on
 * @param collection the collection that it works on; empty for none
 * @param request the request itself
 * @param client from where it comes; empty inside a program
 * @param permit who asks, and what that took
 */
public record OperationDescription(
        String name,
        String database,
        String collection,
        Document request,
        String client,
        Permit permit) {

    /** What nobody asks for who would have to log in. */
    public OperationDescription(
            String name, String database, String collection, Document request, String client) {
        this(name, database, collection, request, client, Permit.UNRESTRICTED);
    }

    /** Who asks. */
    public Caller caller() {
        return permit.caller();
    }

    /** The full name of what it works on. */
    public String namespace() {
        return collection.isEmpty() ? database + ".$cmd" : database + "." + collection;
    }
}
