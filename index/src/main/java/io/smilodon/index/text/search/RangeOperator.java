package io.smilodon.index.text.search;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;

/** {@code {range: {path, gt?, gte?, lt?, lte?, score?}}}: values between bounds. */
record RangeOperator(List<String> paths, Keys.Bounds bounds) implements SearchOperator {

    static SearchOperator parse(Options operator) {
        operator.only("path", "gt", "gte", "lt", "lte", "score");
        refuseBoth(operator, "gt", "gte");
        refuseBoth(operator, "lt", "lte");
        Keys.Bounds bounds = new Keys.Bounds();
        for (String name : List.of("gt", "gte")) {
            if (operator.has(name)) {
                bounds.lower(bound(operator, name), name.equals("gte"));
            }
        }
        for (String name : List.of("lt", "lte")) {
            if (operator.has(name)) {
                bounds.upper(bound(operator, name), name.equals("lte"));
            }
        }
        if (bounds.isEmpty() || !bounds.isOfOneType()) {
            throw Options.error(
                    "A range has one or two bounds, of the same type",
                    Map.of("expected", "gt or gte, lt or lte"),
                    operator.location());
        }
        return new RangeOperator(SearchPath.parse(operator).plain(operator.at("path")), bounds);
    }

    private static void refuseBoth(Options operator, String one, String other) {
        if (operator.has(one) && operator.has(other)) {
            throw operator.error(
                    one, "A range has two bounds at the same end", Map.of("other", other));
        }
    }

    private static Value bound(Options operator, String name) {
        Value value = operator.get(name);
        boolean isOrdered =
                value instanceof NumberValue
                        || value instanceof DateValue
                        || value instanceof StringValue
                        || value instanceof ObjectId;
        if (!isOrdered) {
            throw Options.wrongType(value, "number, date, string or objectId", operator.at(name));
        }
        return value;
    }

    @Override
    public Query query(SearchContext context) {
        return Words.any(paths, List.of(""), path -> text -> Keys.range(context, path, bounds));
    }
}
