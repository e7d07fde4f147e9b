package io.smilodon.rest;

/** Carries out a request that comes as the handshake of a WebSocket. */
@FunctionalInterface
interface SocketHandler {

    /**
     * Begins the work; the handshake is answered when this returns, and then the request is no
     * longer there.
     *
     * @return what the socket is given to
     */
    SocketEvents begin(Exchange exchange);
}
