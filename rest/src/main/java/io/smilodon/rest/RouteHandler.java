package io.smilodon.rest;

/** Carries out a request. */
@FunctionalInterface
interface RouteHandler {

    void handle(Exchange exchange);
}
