package io.smilodon.index.text.search;

import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;

/** {@code {in: {path, value, score?}}}: one of these values. */
record InOperator(List<String> paths, List<Value> values) implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("path", "value", "score");
        List<Value> values = Keys.comparables(operator.required("value"), operator.at("value"));
        if (values.isEmpty()) {
            throw operator.error("value", "An array of a search is empty", Map.of());
        }
        if (values.stream().map(Value::rank).distinct().count() > 1) {
            throw operator.error("value", "The values are not of one type", Map.of());
        }
        return new InOperator(SearchPath.parse(operator).plain(operator.at("path")), values);
    }

    @Override
    public Query query(SearchContext context) {
        return Words.any(paths, List.of(""), path -> text -> Keys.in(context, path, values));
    }
}
