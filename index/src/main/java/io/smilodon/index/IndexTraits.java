package io.smilodon.index;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.key.ArrayPaths;
import io.smilodon.index.key.MultikeyPaths;

/**
 * What a planner must know of the entries of an index before it relies on them. The catalog keeps
 * it with the definition; it only ever grows: the caller of {@link IndexMaintainer#update} records
 * the union in the same transaction.
 *
 * @param multikeyPaths where the indexed paths meet arrays
 * @param holdsCutKeys whether an entry was too long and had to be cut: then the index may return
 *     documents outside the bounds (check each again), and neither sorts nor covers
 * @param arrays which paths are arrays, of a wildcard index
 */
public record IndexTraits(MultikeyPaths multikeyPaths, boolean holdsCutKeys, ArrayPaths arrays) {

    private static final String ARRAYS = "arrays";

    private static final String MULTIKEY = "multikeyPaths";
    private static final String CUT = "holdsCutKeys";

    /** Traits of an index that knows its paths. */
    public IndexTraits(MultikeyPaths multikeyPaths, boolean holdsCutKeys) {
        this(multikeyPaths, holdsCutKeys, ArrayPaths.NONE);
    }

    /** Of an index without entries. */
    public static IndexTraits none(IndexDefinition definition) {
        return new IndexTraits(MultikeyPaths.none(definition.pattern().length()), false);
    }

    public IndexTraits union(IndexTraits other) {
        return new IndexTraits(
                multikeyPaths.union(other.multikeyPaths),
                holdsCutKeys || other.holdsCutKeys,
                arrays.union(other.arrays));
    }

    /** Whether the other one says nothing new, so that there is nothing to record. */
    public boolean containsAll(IndexTraits other) {
        return multikeyPaths.containsAll(other.multikeyPaths)
                && (holdsCutKeys || !other.holdsCutKeys)
                && arrays.containsAll(other.arrays);
    }

    /** For the catalog. */
    public Document toDocument() {
        DocumentBuilder builder =
                Document.builder().put(MULTIKEY, multikeyPaths.toValue()).put(CUT, holdsCutKeys);
        if (!arrays.equals(ArrayPaths.NONE)) {
            builder.put(ARRAYS, arrays.toValue());
        }
        return builder.build();
    }

    /** Reads what {@link #toDocument} wrote. */
    public static IndexTraits fromDocument(Document stored) {
        return new IndexTraits(
                MultikeyPaths.fromValue(stored.get(MULTIKEY)),
                stored.get(CUT).equals(BooleanValue.TRUE),
                ArrayPaths.fromValue(stored.get(ARRAYS)));
    }
}
