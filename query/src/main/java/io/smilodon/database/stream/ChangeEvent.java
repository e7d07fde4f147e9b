package io.smilodon.database.stream;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.function.Supplier;

/**
 * One event of a change stream.
 *
 * @param token where a stream stands behind it
 * @param content makes the rest of it, when its reader comes to it
 */
record ChangeEvent(ResumeToken token, Supplier<Document> content) {

    /** What every event begins with. */
    static DocumentBuilder begin(String type, ChangeBatch batch) {
        return Document.builder()
                .put("operationType", type)
                .put("clusterTime", ClusterTime.of(batch).toTimestamp())
                .put("wallTime", new DateValue(batch.millis()));
    }

    static Document name(Namespace namespace) {
        return Document.of("db", Value.of(namespace.database()))
                .with("coll", Value.of(namespace.collection()));
    }

    boolean isInvalidation() {
        return token.isInvalidation();
    }

    /** The event as a client sees it. */
    Document toDocument() {
        return Document.builder().put("_id", token.toDocument()).putAll(content.get()).build();
    }
}
