package io.smilodon.database.stream;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;
import java.util.OptionalInt;

/** The documents that events hold besides what changed, as a stream's options ask. Thread-safe. */
final class Images {

    private static final ErrorCode NO_MATCHING_DOCUMENT = new ErrorCode(47, "NoMatchingDocument");

    private final KeyValueStore store;
    private final Catalog catalog;
    private final WatchOptions options;

    Images(KeyValueStore store, Catalog catalog, WatchOptions options) {
        this.store = store;
        this.catalog = catalog;
        this.options = options;
    }

    /** {@code fullDocument} of an update; the log always knows what it was then. */
    Optional<Value> after(Namespace namespace, byte[] key, Document after) {
        return switch (options.fullDocument()) {
            case NONE -> Optional.empty();
            case LOOKUP -> Optional.of(lookUp(namespace, key));
            case WHEN_AVAILABLE, REQUIRED -> Optional.of(after);
        };
    }

    private Value lookUp(Namespace namespace, byte[] key) {
        OptionalInt id = Keyspace.collectionOf(key);
        try (Snapshot now = store.snapshot()) {
            return catalog.find(namespace, now)
                    .filter(entry -> entry.id() == id.orElseThrow())
                    .flatMap(entry -> now.get(key))
                    .map(found -> (Value) DocumentCodec.decode(found.value()))
                    .orElse(NullValue.INSTANCE);
        }
    }

    /** {@code fullDocumentBeforeChange}. */
    Optional<Value> before(Optional<Document> known) {
        return switch (options.beforeChange()) {
            case NONE, LOOKUP -> Optional.empty();
            case WHEN_AVAILABLE ->
                    Optional.of(known.map(Value.class::cast).orElse(NullValue.INSTANCE));
            case REQUIRED -> Optional.of(known.orElseThrow(Images::unknown));
        };
    }

    private static SmilodonException unknown() {
        return new SmilodonException(
                        NO_MATCHING_DOCUMENT,
                        "Change stream was configured to require a pre-image for all update, delete"
                                + " and replace events, but the pre-image was not found")
                .withHint(
                        "Create the collection with changeStreamPreAndPostImages: {enabled: true}.");
    }
}
