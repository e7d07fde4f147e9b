package io.smilodon.rest.graphql;

import io.smilodon.engine.value.Document;

/**
 * A request in GraphQL's language.
 *
 * @param query queries or mutations
 * @param operationName which of several; empty for the only one
 * @param variables their values
 * @param mayWrite whether a mutation may come this way
 */
public record GraphQlRequest(
        String query, String operationName, Document variables, boolean mayWrite) {}
