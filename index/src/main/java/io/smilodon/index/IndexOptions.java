package io.smilodon.index;

import io.smilodon.engine.value.DocumentBuilder;

/**
 * What an index does besides ordering.
 *
 * @param unique whether two documents may not share a key; an absent field counts as null
 * @param sparse whether documents without any of the fields are left out
 * @param hidden whether queries do as if it were not there, while writes keep it
 */
public record IndexOptions(boolean unique, boolean sparse, boolean hidden) {

    public static final IndexOptions DEFAULTS = new IndexOptions(false, false, false);

    public IndexOptions withUnique(boolean isUnique) {
        return new IndexOptions(isUnique, sparse, hidden);
    }

    public IndexOptions withSparse(boolean isSparse) {
        return new IndexOptions(unique, isSparse, hidden);
    }

    public IndexOptions withHidden(boolean isHidden) {
        return new IndexOptions(unique, sparse, isHidden);
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
    }
}
