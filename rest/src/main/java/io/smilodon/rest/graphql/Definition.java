package io.smilodon.rest.graphql;

import io.smilodon.engine.value.Document;

/**
 * A schema, and where its fields come from.
 *
 * @param schema in the language of schemas (SDL)
 * @param mappings of each type of each field
 * @param isDerived whether it was made of what collections hold, and may write
 */
record Definition(String schema, Document mappings, boolean isDerived) {}
