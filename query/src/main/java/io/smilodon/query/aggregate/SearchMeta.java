package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.query.exec.Cursor;
import java.util.List;

/** <code>{$searchMeta: {...}}</code>: how much a search finds, and its facets: one document. */
record SearchMeta(SearchRequest request) implements SearchStage {

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

    @Override
    public List<Document> explained(Document written, Explaining explaining) {
        Document search =
                Document.builder()
                        .put("mongotQuery", written)
                        .put("explain", explaining.of(request))
                        .build();
        return List.of(Document.of(NAME, search));
    }
}
