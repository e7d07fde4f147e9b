package io.smilodon.index;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.key.MultikeyPaths;

/**
 * What a planner must know of the entries of an index before it relies on them. The catalog keeps
 * it with the definition; it only ever grows: the caller of {@link IndexMaintainer#update} records
 * the union in the same transaction.
 *
 * @param multikeyPaths where the indexed paths meet arrays
 * @param holdsCutKeys whether an entry was too long and had to be cut: then the index may return
 *     documents outside the bounds (check each again), and neither sorts nor covers
 */
public record IndexTraits(MultikeyPaths multikeyPaths, boolean holdsCutKeys) {

    private static final String MULTIKEY = "multikeyPaths";
    private static final String CUT = "holdsCutKeys";

    /** Of an index without entries. */
    public static IndexTraits none(IndexDefinition definition) {
        return new IndexTraits(MultikeyPaths.none(definition.pattern().length()), false);
    }

    public IndexTraits union(IndexTraits other) {
        return new IndexTraits(
                multikeyPaths.union(other.multikeyPaths), holdsCutKeys || other.holdsCutKeys);
    }

    /** Whether the other one says nothing new, so that there is nothing to record. */
    public boolean containsAll(IndexTraits other) {
        return multikeyPaths.containsAll(other.multikeyPaths)
                && (holdsCutKeys || !other.holdsCutKeys);
    }

    /** For the catalog. */
    public Document toDocument() {
        return Document.builder()
                .put(MULTIKEY, multikeyPaths.toValue())
                .put(CUT, holdsCutKeys)
                .build();
    }

    /** Reads what {@link #toDocument} wrote. */
    public static IndexTraits fromDocument(Document stored) {
        return new IndexTraits(
                MultikeyPaths.fromValue(stored.get(MULTIKEY)),
                stored.get(CUT).equals(BooleanValue.TRUE));
    }
}
