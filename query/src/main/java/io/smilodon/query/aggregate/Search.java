package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.index.text.search.SearchRequest;
import io.smilodon.query.exec.Cursor;
import java.util.List;

/** <code>{$search: {index?, &lt;operator&gt;, ...}}</code>: what a search finds, the best first. */
record Search(SearchRequest request) implements SearchStage {

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

    @Override
    public List<Document> explained(Document written, Explaining explaining) {
        Document search =
                Document.builder()
                        .put("mongotQuery", written)
                        .put("explain", explaining.of(request))
                        .build();
        return explaining.search("$_internalSearchMongotRemote", search, this);
    }
}
