package io.smilodon.reference;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code filter}, the documents that it {@code finds} and those that it does {@code not}; the key
 * of an {@code index} that it needs.
 */
final class FilterExample implements ExampleKind {

    @Override
    public String text(Example example) {
        String finds = example.each("finds");
        String not = example.each("not");
        return example.code("filter")
                + (finds.isEmpty() ? "" : " finds " + finds)
                + (not.isEmpty() ? "" : (finds.isEmpty() ? " does not find " : ", not ") + not);
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        List<Value> documents = new ArrayList<>(example.array("finds").elements());
        documents.addAll(example.array("not").elements());
        database.fill(ExampleDatabase.COLLECTION, ArrayValue.of(documents));
        if (example.document("filter").has("$text")) {
            database.indexTexts();
        }
        database.index(example);
        ArrayValue found =
                database.documents(
                        Document.builder()
                                .put("find", ExampleDatabase.COLLECTION)
                                .put("filter", example.document("filter"))
                                .put("sort", Document.of("_id", Value.of(1)))
                                .put("projection", Document.of("_id", Value.of(0)))
                                .build());
        ExampleDatabase.assertSame(example.array("finds"), found);
    }
}
