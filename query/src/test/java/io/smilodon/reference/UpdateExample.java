package io.smilodon.reference;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;

/**
 * A document {@code before} an {@code update} and {@code after} it; perhaps the filter {@code
 * where}, array {@code filters}, a stage {@code then} that follows, or the filter of an {@code
 * upsert} instead of a document.
 */
final class UpdateExample implements ExampleKind {

    private static final Document ONLY = Document.of("_id", Value.of(0));

    @Override
    public String text(Example example) {
        StringBuilder text = new StringBuilder(example.code("update"));
        if (example.has("filters")) {
            text.append(" with arrayFilters ").append(example.code("filters"));
        }
        if (example.has("then")) {
            text.append(", then `[").append(ShellText.of(example.value("then"))).append("]`");
        }
        if (example.has("where")) {
            text.append(" where ").append(example.code("where"));
        }
        text.append(
                example.has("upsert")
                        ? " as an upsert of " + example.code("upsert")
                        : " on " + example.code("before"));
        return text.append(" gives ").append(example.code("after")).toString();
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        boolean isUpsert = example.has("upsert");
        database.fill(
                ExampleDatabase.COLLECTION,
                isUpsert ? ArrayValue.of() : ArrayValue.of(example.document("before")));
        Document filter = isUpsert ? example.document("upsert") : filter(example);
        DocumentBuilder statement =
                Document.builder().put("q", filter).put("u", example.value("update"));
        if (example.has("filters")) {
            statement.put("arrayFilters", example.array("filters"));
        }
        update(database, statement.put("upsert", isUpsert).build());
        if (example.has("then")) {
            ArrayValue pipeline = ArrayValue.of(example.value("then"));
            update(database, Document.builder().put("q", ONLY).put("u", pipeline).build());
        }
        Document after = (Document) database.all(ExampleDatabase.COLLECTION).get(0);
        ExampleDatabase.assertSame(
                example.document("after"), isUpsert ? after : after.without("_id"));
    }

    private static Document filter(Example example) {
        return example.has("where") ? example.document("where") : ONLY;
    }

    private static void update(ExampleDatabase database, Document statement) {
        database.run(
                Document.builder()
                        .put("update", Value.of(ExampleDatabase.COLLECTION))
                        .put("updates", ArrayValue.of(statement))
                        .build());
    }
}
