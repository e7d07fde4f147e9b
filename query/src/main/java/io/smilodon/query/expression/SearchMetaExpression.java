package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.MetadataKind;

/** {@code $$SEARCH_META}: what is known of the whole result of the search that found a document. */
record SearchMetaExpression() implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return AnnotatedDocument.metadata(context.root()).get(MetadataKind.SEARCH_META);
    }
}
