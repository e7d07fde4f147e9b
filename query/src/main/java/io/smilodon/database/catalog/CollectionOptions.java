package io.smilodon.database.catalog;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.Optional;

/**
 * What a collection is beyond a set of documents, as it was created or as it was changed since.
 * Stored, and listed, as MongoDB's options of {@code create}; those of their defaults are left out,
 * so that a plain collection has an empty document.
 *
 * @param validation the rule for its documents
 * @param view what it shows, if it is a view; then it has neither documents nor indexes of its own
 * @param cap how much it holds, if that is limited
 * @param keepsImages whether change streams can show documents as they were before a change
 */
public record CollectionOptions(
        Validation validation,
        Optional<ViewDefinition> view,
        Optional<Cap> cap,
        boolean keepsImages) {

    private static final String IMAGES = "changeStreamPreAndPostImages";
    private static final String ENABLED = "enabled";

    /** A plain collection. */
    public static final CollectionOptions NONE =
            new CollectionOptions(Validation.NONE, Optional.empty(), Optional.empty(), false);

    public CollectionOptions withValidation(Validation other) {
        return new CollectionOptions(other, view, cap, keepsImages);
    }

    public CollectionOptions withView(ViewDefinition definition) {
        return new CollectionOptions(validation, Optional.of(definition), cap, keepsImages);
    }

    public CollectionOptions withImages(boolean areKept) {
        return new CollectionOptions(validation, view, cap, areKept);
    }

    public CollectionOptions withCap(Cap limit) {
        return new CollectionOptions(validation, view, Optional.of(limit), keepsImages);
    }

    /** As clients see it. */
    public Document toDocument() {
        DocumentBuilder options = Document.builder();
        cap.ifPresent(limit -> limit.putInto(options));
        view.ifPresent(definition -> definition.putInto(options));
        validation.putInto(options);
        if (keepsImages) {
            options.put(IMAGES, Document.of(ENABLED, BooleanValue.TRUE));
        }
        return options.build();
    }

    static CollectionOptions fromDocument(Document stored) {
        Optional<ViewDefinition> view =
                stored.has(ViewDefinition.SOURCE)
                        ? Optional.of(ViewDefinition.fromDocument(stored))
                        : Optional.empty();
        boolean keepsImages =
                stored.get(IMAGES) instanceof Document images
                        && images.get(ENABLED).equals(BooleanValue.TRUE);
        return new CollectionOptions(
                Validation.fromDocument(stored), view, Cap.fromDocument(stored), keepsImages);
    }
}
