package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.StringJoiner;

/**
 * A {@code command} over always the same documents or the {@code input}, and others that come
 * {@code first}: the documents that it {@code finds}, a part of its {@code answer}, or what it
 * {@code leaves}.
 */
final class OptionExample implements ExampleKind {

    private static final ArrayValue DOCUMENTS =
            ExtendedJson.readArray(
                    "[{\"_id\": 1, \"kind\": \"cat\", \"kg\": 4},"
                            + " {\"_id\": 2, \"kind\": \"dog\", \"kg\": 9},"
                            + " {\"_id\": 3, \"kind\": \"cat\", \"kg\": 6}]");

    private static final String ANSWER = "answer";
    private static final String FIRST = "first";
    private static final String FINDS = "finds";
    private static final String LEAVES = "leaves";

    /** The documents of all examples that have no input. */
    static String documents() {
        StringJoiner text = new StringJoiner(" ");
        DOCUMENTS.forEach(document -> text.add(Example.code(document)));
        return text.toString();
    }

    @Override
    public String text(Example example) {
        StringBuilder text = new StringBuilder();
        for (Value first : example.array(FIRST)) {
            text.append(Example.code(first)).append(", then ");
        }
        text.append(example.code("command"));
        if (example.has("input")) {
            text.append(" on ").append(example.each("input"));
        }
        if (example.has(FINDS)) {
            String found = example.each(FINDS);
            text.append(" finds ").append(found.isEmpty() ? "nothing" : found);
        }
        if (example.has(ANSWER)) {
            text.append(" answers ").append(example.code(ANSWER));
        }
        if (example.has(LEAVES)) {
            text.append(", leaves ").append(example.each(LEAVES));
        }
        return text.toString();
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        database.fill(
                ExampleDatabase.COLLECTION,
                example.has("input") ? example.array("input") : DOCUMENTS);
        example.array(FIRST).forEach(first -> database.run((Document) first));
        Document answer = database.answer(example.document("command"));
        if (example.has(FINDS)) {
            Document cursor = (Document) answer.get("cursor");
            ExampleDatabase.assertSame(example.array(FINDS), cursor.get("firstBatch"));
        }
        if (example.has(ANSWER)) {
            for (Field field : example.document(ANSWER)) {
                assertEquals(
                        ShellText.of(field.value()),
                        ShellText.of(answer.get(field.name())),
                        field.name());
            }
        }
        if (example.has(LEAVES)) {
            ArrayValue left = database.all(ExampleDatabase.COLLECTION);
            ExampleDatabase.assertSame(example.array(LEAVES), left);
        }
    }
}
