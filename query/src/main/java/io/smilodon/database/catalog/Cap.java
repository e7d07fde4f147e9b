package io.smilodon.database.catalog;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import java.util.Optional;

/**
 * How much a capped collection holds: what was inserted first makes room for what comes.
 *
 * @param bytesMax bytes of its documents as stored
 * @param documentsMax documents; 0 for as many as fit
 */
public record Cap(long bytesMax, long documentsMax) {

    static final String CAPPED = "capped";
    static final String SIZE = "size";
    static final String MAX = "max";

    /** Whether so much is not too much. */
    public boolean admits(long documents, long bytes) {
        return bytes <= bytesMax && (documentsMax == 0 || documents <= documentsMax);
    }

    public Cap withBytesMax(long bytes) {
        return new Cap(bytes, documentsMax);
    }

    public Cap withDocumentsMax(long documents) {
        return new Cap(bytesMax, documents);
    }

    void putInto(DocumentBuilder options) {
        options.put(CAPPED, true).put(SIZE, NumberValue.intOrLong(bytesMax));
        if (documentsMax > 0) {
            options.put(MAX, NumberValue.intOrLong(documentsMax));
        }
    }

    static Optional<Cap> fromDocument(Document options) {
        if (!options.get(CAPPED).equals(BooleanValue.TRUE)) {
            return Optional.empty();
        }
        long documents = options.has(MAX) ? Damage.count(options, MAX) : 0;
        return Optional.of(new Cap(Damage.count(options, SIZE), documents));
    }
}
