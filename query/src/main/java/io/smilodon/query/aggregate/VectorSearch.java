package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.index.text.search.VectorRequest;
import io.smilodon.query.exec.Cursor;
import java.util.List;

/** <code>{$vectorSearch: {index, path, queryVector, limit, ...}}</code>: the nearest vectors. */
record VectorSearch(VectorRequest request) implements SearchStage {

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

    @Override
    public List<Document> explained(Document written, Explaining explaining) {
        Document told = explaining.context().searching().explained(request, explaining.isRun());
        return explaining.search(NAME, written.with("explain", told), this);
    }
}
