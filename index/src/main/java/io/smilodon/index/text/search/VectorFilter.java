package io.smilodon.index.text.search;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;

/** The filter of a search for vectors: a few operators of filters, on fields that are indexed. */
interface VectorFilter {

    /** How deep operators may stand inside each other. */
    int DEPTH_MAX = 64;

    /** The names of those on the value of a field. */
    List<String> OPERATORS =
            List.of("$eq", "$exists", "$gt", "$gte", "$in", "$lt", "$lte", "$ne", "$nin", "$not");

    /** The same for Lucene. */
    Query query(SearchContext context);

    /** Reads a filter; all of its fields must match. */
    static VectorFilter parse(Options written, int depth) {
        if (depth == DEPTH_MAX) {
            throw Options.error(
                    "The filter is nested too deep", Map.of("max", DEPTH_MAX), written.location());
        }
        List<VectorFilter> parts = new ArrayList<>();
        for (Field field : written.fields()) {
            String name = field.name();
            switch (name) {
                case "$and" -> parts.add(joined(written, name, Occur.FILTER, depth));
                case "$or" -> parts.add(joined(written, name, Occur.SHOULD, depth));
                case "$nor" -> parts.add(not(joined(written, name, Occur.SHOULD, depth)));
                default -> {
                    if (name.startsWith("$")) {
                        throw unknown(written, name);
                    }
                    parts.add(ofField(written, name, depth));
                }
            }
        }
        return all(parts);
    }

    private static io.smilodon.engine.error.SmilodonException unknown(
            Options written, String name) {
        return written.error(
                name,
                "The filter of a search for vectors does not know the operator",
                Map.of("operator", name, "expected", OPERATORS));
    }

    private static VectorFilter joined(Options written, String name, Occur kind, int depth) {
        List<VectorFilter> parts = new ArrayList<>();
        for (Options part : written.objects(name)) {
            parts.add(parse(part, depth + 1));
        }
        if (parts.isEmpty()) {
            throw written.error(name, "An array of a search is empty", Map.of());
        }
        return context -> {
            BooleanQuery.Builder joined = new BooleanQuery.Builder();
            parts.forEach(part -> joined.add(part.query(context), kind));
            return joined.build();
        };
    }

    private static VectorFilter all(List<VectorFilter> parts) {
        return context -> {
            BooleanQuery.Builder all = new BooleanQuery.Builder();
            all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
            parts.forEach(part -> all.add(part.query(context), Occur.FILTER));
            return all.build();
        };
    }

    private static VectorFilter not(VectorFilter part) {
        return context ->
                new BooleanQuery.Builder()
                        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                        .add(part.query(context), Occur.MUST_NOT)
                        .build();
    }

    private static VectorFilter ofField(Options written, String path, int depth) {
        VectorFilter filter = ofIndexed(written, path, depth);
        return context -> {
            context.require(
                    path,
                    type -> type instanceof KeyType,
                    "Path '" + path + "' needs to be indexed as filter");
            return filter.query(context);
        };
    }

    private static VectorFilter ofIndexed(Options written, String path, int depth) {
        boolean hasOperators =
                written.get(path) instanceof Document operators
                        && !operators.isEmpty()
                        && operators.iterator().next().name().startsWith("$");
        if (!hasOperators) {
            return in(path, List.of(Keys.comparable(written.get(path), written.at(path))));
        }
        Options operators = written.object(path);
        List<VectorFilter> parts = new ArrayList<>();
        for (Field operator : operators.fields()) {
            parts.add(operator(operators, operator.name(), path, depth));
        }
        return all(parts);
    }

    private static VectorFilter operator(Options operators, String name, String path, int depth) {
        Value value = operators.get(name);
        return switch (name) {
            case "$eq" -> in(path, List.of(Keys.comparable(value, operators.at(name))));
            case "$ne" -> not(in(path, List.of(Keys.comparable(value, operators.at(name)))));
            case "$in" -> in(path, Keys.comparables(value, operators.at(name)));
            case "$nin" -> not(in(path, Keys.comparables(value, operators.at(name))));
            case "$gt", "$gte" -> {
                Keys.Bounds bounds = new Keys.Bounds();
                bounds.lower(Keys.comparable(value, operators.at(name)), name.equals("$gte"));
                yield context -> Keys.range(context, path, bounds);
            }
            case "$lt", "$lte" -> {
                Keys.Bounds bounds = new Keys.Bounds();
                bounds.upper(Keys.comparable(value, operators.at(name)), name.equals("$lte"));
                yield context -> Keys.range(context, path, bounds);
            }
            case "$exists" -> {
                VectorFilter exists = context -> new ExistsOperator(path).query(context);
                yield value.equals(BooleanValue.FALSE) ? not(exists) : exists;
            }
            case "$not" -> {
                Document inner = operators.object(name).fields();
                Options field = new Options(Document.of(path, inner), operators.at(name));
                yield not(parse(field, depth + 1));
            }
            default -> throw unknown(operators, name);
        };
    }

    private static VectorFilter in(String path, List<Value> values) {
        return context -> Keys.in(context, path, values);
    }
}
