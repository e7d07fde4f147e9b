package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import java.util.ArrayList;
import java.util.List;

/** Reads schemas, once: keywords become rules here. */
final class SchemaParser {

    private SchemaParser() {}

    /** The rules stand in the order of the table, whatever order the schema has. */
    static JsonSchema parse(Document schema, SchemaPlace place) {
        place.count();
        for (Field field : schema) {
            requireKnown(field.name(), place.child(field.name()));
        }
        List<SchemaRule> rules = new ArrayList<>();
        for (String keyword : Keywords.TABLE.names()) {
            if (schema.has(keyword)) {
                KeywordOperand operand = new KeywordOperand(keyword, schema, place.child(keyword));
                Keywords.TABLE.find(keyword).orElseThrow().parse(operand).ifPresent(rules::add);
            }
        }
        return new JsonSchema(schema, rules);
    }

    private static void requireKnown(String keyword, SchemaPlace place) {
        place.count();
        if (!Keywords.TABLE.has(keyword)) {
            throw Keywords.TABLE.withSuggestion(
                    place.invalid("Unknown $jsonSchema keyword: " + keyword), keyword);
        }
    }
}
