package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.testing.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code search} and the ids that it {@code finds}, or {@code stages} and what they {@code give},
 * or {@code fails} with a code: over always the same documents, or over an {@code input} with an
 * index of a {@code definition}.
 *
 * @param isBlock whether the example is several lines of code
 * @param base the documents of all examples that have no input, and how they are indexed
 */
record SearchExample(boolean isBlock, Script.Case base) implements ExampleKind {

    private static final List<Script.Case> BASES = Script.cases("/reference/search-over.txt");

    /** Examples over books. */
    static final SearchExample BOOKS = new SearchExample(false, BASES.get(0));

    /** Examples over vectors. */
    static final SearchExample VECTORS = new SearchExample(false, BASES.get(1));

    /** Examples that bring their own documents. */
    static final SearchExample OWN = new SearchExample(true, BASES.get(0));

    private static final String DEFINITION = "definition";
    private static final String FAILS = "fails";
    private static final String FINDS = "finds";
    private static final String GIVES = "gives";
    private static final String INPUT = "input";
    private static final String SEARCH = "search";
    private static final String STAGE = "stage";
    private static final String STAGES = "stages";
    private static final String TYPE = "type";

    /** The documents of all examples, and how they are indexed, as code. */
    String documents() {
        StringBuilder text = new StringBuilder("```js\n");
        ExtendedJson.readArray(base.get(INPUT)).forEach(each -> line(text, "c       ", each));
        line(text, "index   ", ExtendedJson.readDocument(base.get(DEFINITION)));
        return text.append("```").toString();
    }

    private static void line(StringBuilder text, String label, Value value) {
        text.append(label).append(ShellText.of(value)).append('\n');
    }

    @Override
    public String text(Example example) {
        return isBlock ? block(example) : line(example);
    }

    private static String line(Example example) {
        String asked = example.code(example.has(SEARCH) ? SEARCH : STAGES);
        if (example.has(DEFINITION)) {
            asked += " indexed by " + example.code(DEFINITION);
        }
        if (example.has(FAILS)) {
            return asked + " fails with " + example.lines().get(FAILS);
        }
        String shown = example.each(example.has(FINDS) ? FINDS : GIVES);
        return asked
                + (example.has(FINDS) ? " finds " : " gives ")
                + (shown.isEmpty() ? "nothing" : shown);
    }

    private static String block(Example example) {
        StringBuilder text = new StringBuilder("```js\n");
        example.array(INPUT).forEach(document -> line(text, "c       ", document));
        if (example.has(DEFINITION)) {
            line(text, "index   ", example.value(DEFINITION));
        }
        if (example.has(SEARCH)) {
            line(text, "search  ", example.value(SEARCH));
        }
        if (example.has(STAGES)) {
            text.append("stages ").append(spaced(example.array(STAGES))).append('\n');
        }
        if (example.has(FAILS)) {
            text.append("fails   ").append(example.lines().get(FAILS)).append('\n');
        } else {
            ArrayValue shown = example.array(example.has(FINDS) ? FINDS : GIVES);
            text.append(example.has(FINDS) ? "finds  " : "gives  ")
                    .append(shown.isEmpty() ? " nothing" : spaced(shown))
                    .append('\n');
        }
        return text.append("```").toString();
    }

    private static String spaced(ArrayValue values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(' ').append(ShellText.of(value)));
        return text.toString();
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        ArrayValue documents =
                example.has(INPUT) ? example.array(INPUT) : ExtendedJson.readArray(base.get(INPUT));
        database.fill(ExampleDatabase.COLLECTION, documents);
        Document definition =
                example.has(DEFINITION)
                        ? example.document(DEFINITION)
                        : ExtendedJson.readDocument(base.get(DEFINITION));
        Document created =
                database.answer(ExampleDatabase.searchIndex(Value.of(base.get(TYPE)), definition));
        if (isDefinitionRefused(example)) {
            assertFails(example, created);
            return;
        }
        assertEquals(Value.of(1.0), created.get("ok"), () -> ShellText.of(created));
        ArrayValue pipeline =
                example.has(SEARCH)
                        ? ArrayValue.of(Document.of(base.get(STAGE), example.value(SEARCH)))
                        : example.array(STAGES);
        if (example.has(FAILS)) {
            assertFails(example, database.answer(ExampleDatabase.aggregation(pipeline)));
        } else if (example.has(FINDS)) {
            ExampleDatabase.assertSame(example.array(FINDS), ids(database.aggregate(pipeline)));
        } else {
            ExampleDatabase.assertSame(example.array(GIVES), database.aggregate(pipeline));
        }
    }

    /** Then there is nothing to search. */
    private static boolean isDefinitionRefused(Example example) {
        return !example.has(SEARCH) && !example.has(STAGES);
    }

    private static void assertFails(Example example, Document answer) {
        String code = ShellText.of(answer.get("code"));
        assertEquals(example.lines().get(FAILS), code, () -> ShellText.of(answer));
    }

    private static ArrayValue ids(ArrayValue documents) {
        List<Value> ids = new ArrayList<>();
        documents.forEach(document -> ids.add(((Document) document).get("_id")));
        return ArrayValue.of(ids);
    }
}
