package io.smilodon.index;

import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.collation.Collation;

/**
 * What an index does besides ordering.
 *
 * @param unique whether two documents may not share a key; an absent field counts as null
 * @param sparse whether documents without any of the fields are left out
 * @param hidden whether queries do as if it were not there, while writes keep it
 * @param collation how its strings compare
 */
public record IndexOptions(boolean unique, boolean sparse, boolean hidden, Collation collation) {

    static final String COLLATION = "collation";

    public static final IndexOptions DEFAULTS = new IndexOptions(false, false, false);

    /** Options of an index whose strings compare by their bytes. */
    public IndexOptions(boolean unique, boolean sparse, boolean hidden) {
        this(unique, sparse, hidden, Collation.SIMPLE);
    }

    public IndexOptions withUnique(boolean isUnique) {
        return new IndexOptions(isUnique, sparse, hidden, collation);
    }

    public IndexOptions withSparse(boolean isSparse) {
        return new IndexOptions(unique, isSparse, hidden, collation);
    }

    public IndexOptions withHidden(boolean isHidden) {
        return new IndexOptions(unique, sparse, isHidden, collation);
    }

    public IndexOptions withCollation(Collation other) {
        return new IndexOptions(unique, sparse, hidden, other);
    }

    /** Adds the options that differ from the defaults, as MongoDB lists them. */
    void putInto(DocumentBuilder builder) {
        if (unique) {
            builder.put("unique", true);
        }
        if (sparse) {
            builder.put("sparse", true);
        }
        if (hidden) {
            builder.put("hidden", true);
        }
        if (!collation.isSimple()) {
            builder.put(COLLATION, collation.toDocument());
        }
    }
}
