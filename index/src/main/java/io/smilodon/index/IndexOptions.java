package io.smilodon.index;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import java.util.Optional;

/**
 * What an index does besides ordering.
 *
 * @param unique whether two documents may not share a key; an absent field counts as null
 * @param prepareUnique whether no document may get a key that another has: those that share one
 *     already do so on; of a unique index, whether it was made so after that. Its entries are those
 *     of an index that is not unique
 * @param sparse whether documents without any of the fields are left out
 * @param hidden whether queries do as if it were not there, while writes keep it
 * @param collation how its strings compare
 * @param partialFilter the filter that documents pass of which it has entries; without one, all do
 * @param expireAfterSeconds how long after the date in the field a document lives, as written; a
 *     number
 * @param storageEngine what storage engines are told, as written; it changes nothing
 * @param ofType the options that only indexes of its {@link IndexType} have, completed by it
 */
public record IndexOptions(
        boolean unique,
        boolean prepareUnique,
        boolean sparse,
        boolean hidden,
        Collation collation,
        Optional<Document> partialFilter,
        Optional<Value> expireAfterSeconds,
        Optional<Document> storageEngine,
        Document ofType) {

    static final String PREPARE_UNIQUE = "prepareUnique";
    static final String COLLATION = "collation";
    static final String PARTIAL_FILTER = "partialFilterExpression";
    static final String EXPIRE_AFTER_SECONDS = "expireAfterSeconds";

    public static final IndexOptions DEFAULTS = new IndexOptions(false, false, false);

    /** Options of an index of all documents whose strings compare by their bytes. */
    public IndexOptions(boolean unique, boolean sparse, boolean hidden) {
        this(
                unique,
                false,
                sparse,
                hidden,
                Collation.SIMPLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Document.EMPTY);
    }

    public IndexOptions withUnique(boolean isUnique, boolean isPrepared) {
        return new IndexOptions(
                isUnique,
                isPrepared,
                sparse,
                hidden,
                collation,
                partialFilter,
                expireAfterSeconds,
                storageEngine,
                ofType);
    }

    /**
     * Whether the keys of its entries are those of the documents alone, without the {@code _id}.
     */
    public boolean hasUniqueEntries() {
        return unique && !prepareUnique;
    }

    /** Whether a document that gets a key which another has is refused. */
    public boolean refusesDuplicates() {
        return unique || prepareUnique;
    }

    public IndexOptions withSparse(boolean isSparse) {
        return new IndexOptions(
                unique,
                prepareUnique,
                isSparse,
                hidden,
                collation,
                partialFilter,
                expireAfterSeconds,
                storageEngine,
                ofType);
    }

    public IndexOptions withHidden(boolean isHidden) {
        return new IndexOptions(
                unique,
                prepareUnique,
                sparse,
                isHidden,
                collation,
                partialFilter,
                expireAfterSeconds,
                storageEngine,
                ofType);
    }

    public IndexOptions withCollation(Collation other) {
        return new IndexOptions(
                unique,
                prepareUnique,
                sparse,
                hidden,
                other,
                partialFilter,
                expireAfterSeconds,
                storageEngine,
                ofType);
    }

    public IndexOptions withExpireAfterSeconds(Optional<Value> seconds) {
        return new IndexOptions(
                unique,
                prepareUnique,
                sparse,
                hidden,
                collation,
                partialFilter,
                seconds,
                storageEngine,
                ofType);
    }

    IndexOptions withStorageEngine(Optional<Document> told) {
        return new IndexOptions(
                unique,
                prepareUnique,
                sparse,
                hidden,
                collation,
                partialFilter,
                expireAfterSeconds,
                told,
                ofType);
    }

    /** Adds the options that differ from the defaults, as MongoDB lists them. */
    void putInto(DocumentBuilder builder) {
        if (unique) {
            builder.put("unique", true);
        } else if (prepareUnique) {
            builder.put(PREPARE_UNIQUE, true);
        }
        if (sparse) {
            builder.put("sparse", true);
        }
        if (hidden) {
            builder.put("hidden", true);
        }
        partialFilter.ifPresent(filter -> builder.put(PARTIAL_FILTER, filter));
        expireAfterSeconds.ifPresent(seconds -> builder.put(EXPIRE_AFTER_SECONDS, seconds));
        storageEngine.ifPresent(told -> builder.put(StorageEngineOptions.NAME, told));
        if (!collation.isSimple()) {
            builder.put(COLLATION, collation.toDocument());
        }
        for (Field option : ofType) {
            builder.put(option.name(), option.value());
        }
    }
}
