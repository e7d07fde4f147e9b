package io.smilodon.query.aggregate;

import io.smilodon.index.text.search.VectorRequest;
import io.smilodon.query.exec.Cursor;

/** <code>{$vectorSearch: {index, path, queryVector, limit, ...}}</code>: the nearest vectors. */
record VectorSearch(VectorRequest request) implements SourceStage {

    static final String NAME = "$vectorSearch";

    static Stage parse(StageOperand operand) {
        return new VectorSearch(VectorRequest.parse(operand.value(), operand.location()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return context.searching().nearest(request);
    }
}
