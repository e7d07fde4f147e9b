package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/** An {@code analyzer}, a text {@code of} which it makes {@code terms}, and {@code not} others. */
final class AnalyzerExample implements ExampleKind {

    private static final String NAME = "own";

    @Override
    public String text(Example example) {
        return example.code("analyzer")
                + " makes of "
                + example.code("of")
                + " "
                + example.each("terms")
                + (example.has("not") ? ", not " + example.each("not") : "");
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        database.fill(
                ExampleDatabase.COLLECTION, ArrayValue.of(Document.of("t", example.value("of"))));
        boolean isBuiltIn = example.value("analyzer") instanceof StringValue;
        Value name = isBuiltIn ? example.value("analyzer") : Value.of(NAME);
        Document field =
                Document.builder()
                        .put("type", "string")
                        .put("analyzer", name)
                        .put("searchAnalyzer", "lucene.keyword")
                        .build();
        Document definition =
                Document.of("mappings", Document.of("fields", Document.of("t", field)));
        if (!isBuiltIn) {
            Document own = example.document("analyzer").with("name", Value.of(NAME));
            definition = definition.with("analyzers", ArrayValue.of(own));
        }
        database.run(ExampleDatabase.searchIndex(Value.of("search"), definition));
        example.array("terms").forEach(term -> assertFinds(1, term, database));
        example.array("not").forEach(term -> assertFinds(0, term, database));
    }

    private static void assertFinds(int count, Value term, ExampleDatabase database) {
        Document text = Document.builder().put("query", term).put("path", "t").build();
        Document search = Document.of("$search", Document.of("text", text));
        ArrayValue found = database.aggregate(ArrayValue.of(search));
        assertEquals(count, found.size(), () -> ShellText.of(term));
    }
}
