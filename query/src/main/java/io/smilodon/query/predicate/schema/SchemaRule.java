package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/**
 * What one keyword of a schema demands. A keyword about values of one type accepts all others.
 * Immutable and thread-safe.
 */
interface SchemaRule {

    boolean accepts(Value value);

    /**
     * Why a value is not accepted, as MongoDB describes it: {@code {operatorName, specifiedAs,
     * reason, consideredValue}} and the like. Only for values that are not.
     */
    Document failure(Value value);
}
