package io.smilodon.reference;

import io.smilodon.engine.value.ArrayValue;

/**
 * Documents, those of an {@code other} collection, a {@code pipeline}, its {@code result}, and what
 * it has {@code written} to the other collection. Without any {@code input} it asks the database. A
 * {@code definition} with its {@code type} gives the documents a search index.
 */
final class PipelineExample implements ExampleKind {

    private static final String OTHER = "other";

    /** Four lines of code: stages of pipelines are too long for a table. */
    @Override
    public String text(Example example) {
        StringBuilder text = new StringBuilder();
        if (example.has("input")) {
            line(text, "c      ", example.array("input"));
        }
        if (example.has(OTHER)) {
            line(text, "other  ", example.array(OTHER));
        }
        if (example.has("definition")) {
            line(text, "index  ", ArrayValue.of(example.value("definition")));
        }
        line(text, "stages ", example.array("pipeline"));
        line(text, "gives  ", example.array("result"));
        if (example.has("written")) {
            line(text, "other  ", example.array("written"));
        }
        return "```js\n" + text + "```";
    }

    @Override
    public boolean isBlock() {
        return true;
    }

    private static void line(StringBuilder text, String label, ArrayValue values) {
        StringBuilder line = new StringBuilder(label);
        values.forEach(value -> line.append(' ').append(ShellText.of(value)));
        text.append(values.isEmpty() ? label + " nothing" : line).append('\n');
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        database.fill(ExampleDatabase.COLLECTION, example.array("input"));
        database.index(example);
        database.fill(OTHER, example.array(OTHER));
        ArrayValue pipeline = example.array("pipeline");
        ArrayValue result =
                example.has("input")
                        ? database.aggregate(pipeline)
                        : database.aggregateDatabase(pipeline);
        ExampleDatabase.assertSame(example.array("result"), result);
        if (example.has("written")) {
            ExampleDatabase.assertSame(example.array("written"), database.all(OTHER));
        }
    }
}
