package io.smilodon.index.text.search;

import io.smilodon.engine.value.Value;
import java.util.List;
import org.apache.lucene.search.Query;

/** {@code {equals: {path, value, score?}}}: this value. */
record EqualsOperator(String path, Value value) implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("path", "value", "score");
        Value value = Keys.comparable(operator.required("value"), operator.at("value"));
        return new EqualsOperator(operator.text("path"), value);
    }

    @Override
    public Query query(SearchContext context) {
        return Keys.in(context, path, List.of(value));
    }
}
