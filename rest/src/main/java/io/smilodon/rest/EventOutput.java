package io.smilodon.rest;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;

/** Where the events of a watch go. One thread. */
interface EventOutput {

    /**
     * Sends an event, and waits until the network has taken it.
     *
     * @return false if the client has gone away
     */
    boolean event(Document event);

    /** Sends what a client that is still there passes by; false if it has gone away. */
    boolean heartbeat();

    /** Says that nothing comes any more, as far as the client is still there. */
    void end();

    /** Says why nothing comes any more. */
    void end(SmilodonException reason);

    /**
     * Has something done as soon as the client has gone, if that is noticed before the next event.
     */
    void whenGone(Runnable task);
}
