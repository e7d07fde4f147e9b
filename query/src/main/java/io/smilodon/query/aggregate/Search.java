package io.smilodon.query.aggregate;

import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.query.exec.Cursor;

/** <code>{$search: {index?, &lt;operator&gt;, ...}}</code>: what a search finds, the best first. */
record Search(SearchRequest request) implements SourceStage {

    static final String NAME = "$search";

    static Stage parse(StageOperand operand) {
        return new Search(SearchRequest.parse(operand.value(), operand.location()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Cursor documents(StageContext context) {
        return context.searching().search(request);
    }
}
