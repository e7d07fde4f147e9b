package io.smilodon.reference;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Documents in the order of {@code t}, a {@code window} function, and its value in each. */
final class WindowExample implements ExampleKind {

    private static final String RESULT = "result";

    @Override
    public String text(Example example) {
        return example.code("window")
                + " over "
                + example.each("input")
                + " gives "
                + example.each(RESULT);
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        database.fill(ExampleDatabase.COLLECTION, example.array("input"));
        Document stage =
                Document.builder()
                        .put("sortBy", Document.of("t", Value.of(1)))
                        .put("output", Document.of(RESULT, example.document("window")))
                        .build();
        List<Value> results = new ArrayList<>();
        for (Value document :
                database.aggregate(ArrayValue.of(Document.of("$setWindowFields", stage)))) {
            results.add(((Document) document).get(RESULT));
        }
        ExampleDatabase.assertSame(example.array(RESULT), ArrayValue.of(results));
    }
}
