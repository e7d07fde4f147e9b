package io.smilodon.database.catalog;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.StorageEngineOptions;
import io.smilodon.index.collation.Collation;
import java.util.List;
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
 * @param collation how strings compare where an operation or an index does not say
 * @param engines what storage engines are told about it and about its indexes, as it was written:
 *     {@code storageEngine} and {@code indexOptionDefaults}; it changes nothing
 */
public record CollectionOptions(
        Validation validation,
        Optional<ViewDefinition> view,
        Optional<Cap> cap,
        boolean keepsImages,
        Collation collation,
        Document engines) {

    private static final String IMAGES = "changeStreamPreAndPostImages";
    private static final String ENABLED = "enabled";
    private static final String COLLATION = "collation";
    private static final List<String> ENGINES =
            List.of(StorageEngineOptions.NAME, "indexOptionDefaults");

    /** A plain collection. */
    public static final CollectionOptions NONE =
            new CollectionOptions(
                    Validation.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Collation.SIMPLE,
                    Document.EMPTY);

    public CollectionOptions withValidation(Validation other) {
        return new CollectionOptions(other, view, cap, keepsImages, collation, engines);
    }

    public CollectionOptions withView(ViewDefinition definition) {
        return new CollectionOptions(
                validation, Optional.of(definition), cap, keepsImages, collation, engines);
    }

    public CollectionOptions withImages(boolean areKept) {
        return new CollectionOptions(validation, view, cap, areKept, collation, engines);
    }

    public CollectionOptions withCap(Cap limit) {
        return new CollectionOptions(
                validation, view, Optional.of(limit), keepsImages, collation, engines);
    }

    public CollectionOptions withCollation(Collation strings) {
        return new CollectionOptions(validation, view, cap, keepsImages, strings, engines);
    }

    public CollectionOptions withEngines(Document told) {
        return new CollectionOptions(validation, view, cap, keepsImages, collation, told);
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
        if (!collation.isSimple()) {
            options.put(COLLATION, collation.toDocument());
        }
        engines.forEach(told -> options.put(told.name(), told.value()));
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
                Validation.fromDocument(stored),
                view,
                Cap.fromDocument(stored),
                keepsImages,
                collationIn(stored),
                enginesIn(stored));
    }

    private static Document enginesIn(Document stored) {
        DocumentBuilder engines = Document.builder();
        for (String option : ENGINES) {
            if (stored.has(option)) {
                engines.put(option, stored.get(option));
            }
        }
        return engines.build();
    }

    /** The collation among the options of a collection, as they are stored and listed. */
    public static Collation collationIn(Document options) {
        return options.get(COLLATION) instanceof Document collation
                ? Collation.ofStored(collation)
                : Collation.SIMPLE;
    }
}
