package io.smilodon.rest.graphql;

import io.smilodon.engine.value.Document;

/** Carries out the steps of a request, in the name of who has sent it. */
public interface RequestSteps {

    /** Carries out an action on a collection. */
    Document act(String database, String collection, String action, Document body);

    /**
     * Takes so many bytes more until the request ends.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code TemporarilyUnavailable} if all
     *     requests together would hold too much
     */
    void hold(long bytes);

    /** Gives up what is left of a result. */
    void closeCursor(String id);
}
