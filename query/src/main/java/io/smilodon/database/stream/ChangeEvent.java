package io.smilodon.database.stream;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;

/**
 * One event of a change stream.
 *
 * @param token where a stream stands behind it
 * @param content without {@code _id}
 */
record ChangeEvent(ResumeToken token, Document content) {

    private static final long MILLIS_PER_SECOND = 1000;

    /** What every event begins with. */
    static DocumentBuilder begin(String type, ChangeBatch batch) {
        int seconds = (int) (batch.millis() / MILLIS_PER_SECOND);
        int increment = (int) (batch.sequence() & Integer.MAX_VALUE);
        return Document.builder()
                .put("operationType", type)
                .put("clusterTime", new TimestampValue(seconds, increment))
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
        return Document.builder().put("_id", token.toDocument()).putAll(content).build();
    }
}
