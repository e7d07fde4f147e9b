package io.smilodon.rest.restheart;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What a write of many documents did.
 *
 * @param done the answer of the action
 */
public record BulkReport(Document done) {

    private static final int DUPLICATE_KEY = 11000;

    /** Whether all were written. */
    public boolean isWhole() {
        return !done.has("writeErrors");
    }

    /**
     * How RESTHeart's clients are told of it.
     *
     * @param collection where the documents are
     */
    public Document told(Address collection) {
        List<Value> links = new ArrayList<>();
        for (String ids : List.of("upsertedIds", "insertedIds")) {
            if (done.get(ids) instanceof Document byPosition) {
                for (Field each : byPosition) {
                    links.add(Value.of(collection.child(each.value())));
                }
            }
        }
        DocumentBuilder told =
                Document.builder()
                        .put("inserted", links.size())
                        .put("links", ArrayValue.of(links))
                        .put("deleted", count("deletedCount"))
                        .put("modified", count("modifiedCount"))
                        .put("matched", count("matchedCount"));
        if (done.get("writeErrors") instanceof ArrayValue failures) {
            List<Value> errors = new ArrayList<>();
            failures.forEach(failure -> errors.add(error((Document) failure)));
            told.put("errors", ArrayValue.of(errors));
        }
        return told.build();
    }

    private long count(String name) {
        return done.get(name) instanceof NumberValue number ? number.toLong() : 0;
    }

    private static Document error(Document failure) {
        boolean isDuplicate = failure.get("code").equals(Value.of(DUPLICATE_KEY));
        return Document.builder()
                .put("index", failure.get("index"))
                .put("httpStatus", isDuplicate ? 409 : 400)
                .put("code", failure.get("code"))
                .put("codeName", failure.get("codeName"))
                .put("message", failure.get("message"))
                .build();
    }
}
