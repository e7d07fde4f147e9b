package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Answers to many writes that have failed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManyErrorsTest {

    /** Each of them names its key, and the text names it again. */
    @Test
    void only_the_first_errors_of_many_are_told_in_full() throws Exception {
        String key = "k".repeat(500);
        List<Value> documents = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            documents.add(Document.of("_id", Value.of(key)));
        }
        Document insert =
                Document.builder()
                        .put("insert", "same")
                        .put("documents", ArrayValue.of(documents))
                        .put("ordered", false)
                        .put("$db", "test")
                        .build();
        try (Served served = new Served();
                RawClient client = new RawClient(served.server().port())) {
            List<Value> errors = ((ArrayValue) client.run(insert).get("writeErrors")).elements();
            assertEquals(2_999, errors.size());
            assertTrue(((Document) errors.getFirst()).has("keyValue"));
            Document last = (Document) errors.getLast();
            assertEquals(Value.of(2_999), last.get("index"));
            assertEquals(Value.of(11000), last.get("code"));
            assertEquals(Value.of(""), last.get("errmsg"));
        }
    }
}
