package io.smilodon.reference;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;

/**
 * A {@code document}, how to {@code project} it, and the {@code result}; perhaps the filter {@code
 * where}.
 */
final class ProjectionExample implements ExampleKind {

    @Override
    public String text(Example example) {
        return example.code("project")
                + " of "
                + example.code("document")
                + (example.has("where") ? " found by " + example.code("where") : "")
                + " gives "
                + example.code("result");
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        database.fill(ExampleDatabase.COLLECTION, ArrayValue.of(example.document("document")));
        ArrayValue found =
                database.documents(
                        Document.builder()
                                .put("find", ExampleDatabase.COLLECTION)
                                .put("filter", filter(example))
                                .put("projection", example.document("project"))
                                .build());
        ExampleDatabase.assertSame(ArrayValue.of(example.document("result")), found);
    }

    private static Document filter(Example example) {
        return example.has("where") ? example.document("where") : Document.EMPTY;
    }
}
