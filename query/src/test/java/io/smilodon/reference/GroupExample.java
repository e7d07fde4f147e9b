package io.smilodon.reference;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** Documents of one {@code group}, and the {@code result} of its accumulator. */
final class GroupExample implements ExampleKind {

    private static final String RESULT = "result";

    @Override
    public String text(Example example) {
        return example.code("group")
                + " of "
                + example.each("input")
                + " gives "
                + example.code(RESULT);
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        database.fill(ExampleDatabase.COLLECTION, example.array("input"));
        Document group =
                Document.builder()
                        .put("_id", Value.of(0))
                        .put(RESULT, example.document("group"))
                        .build();
        Document inOrder = Document.of("$sort", Document.of("_id", Value.of(1)));
        ArrayValue groups =
                database.aggregate(ArrayValue.of(inOrder, Document.of("$group", group)));
        ExampleDatabase.assertSame(example.value(RESULT), ((Document) groups.get(0)).get(RESULT));
    }
}
