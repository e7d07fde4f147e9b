package io.smilodon.query.aggregate;

import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.query.exec.Cursor;

/** <code>{$searchMeta: {...}}</code>: how much a search finds, and its facets: one document. */
record SearchMeta(SearchRequest request) implements SourceStage {

    static final String NAME = "$searchMeta";

    static Stage parse(StageOperand operand) {
        return new SearchMeta(SearchRequest.parse(operand.value(), operand.location()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return DocumentsCursor.of(context.searching().searchMeta(request));
    }
}
