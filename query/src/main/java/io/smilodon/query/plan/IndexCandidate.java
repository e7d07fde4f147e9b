package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.KeyPattern;

/**
 * A readable index of a collection, as the planner knows it.
 *
 * @param definition what it indexes
 * @param traits what its entries have come to hold
 * @param comparesAlike whether its strings compare as those of the query do
 */
public record IndexCandidate(
        IndexDefinition definition, IndexTraits traits, boolean comparesAlike) {

    /** An index of the collation of the query. */
    public IndexCandidate(IndexDefinition definition, IndexTraits traits) {
        this(definition, traits, true);
    }

    /** The index as a query of this collation sees it. */
    IndexCandidate under(Collation collation) {
        boolean isSame = definition.options().collation().equals(collation);
        return isSame == comparesAlike ? this : new IndexCandidate(definition, traits, isSame);
    }

    /** Whether its keys hold keys of a collation in the place of strings. */
    boolean isCollated() {
        return !definition.options().collation().isSimple();
    }

    public String name() {
        return definition.name();
    }

    KeyPattern pattern() {
        return definition.pattern();
    }

    /** Whether the part's path has met an array in any document. */
    boolean isMultikey(int part) {
        return traits.multikeyPaths().isMultikey(part);
    }

    /** Whether a step of the part's path is a number, which may be an index of an array. */
    boolean hasNumber(int part) {
        return pattern().part(part).path().steps().stream().anyMatch(FieldPath::isIndex);
    }

    /** Whether the part's path may name one element of an array by its index. */
    boolean namesElement(int part) {
        return isMultikey(part) && hasNumber(part);
    }

    /** Whether a document has one key at most, by all that is known. */
    boolean isSingleKey() {
        return !traits.multikeyPaths().isMultikey();
    }

    /**
     * The longest prefix that two parts have in common and that is an array somewhere; 0 if none.
     * For a part and itself: the longest prefix of its path that is one.
     */
    int sharedArray(int left, int right) {
        if (!isMultikey(left) && !isMultikey(right)) {
            return 0;
        }
        var leftPath = pattern().part(left).path();
        var rightPath = pattern().part(right).path();
        int length = Math.min(leftPath.length(), rightPath.length());
        for (; length > 0; length--) {
            if (leftPath.prefix(length).equals(rightPath.prefix(length))
                    && (traits.multikeyPaths().isArray(left, length)
                            || traits.multikeyPaths().isArray(right, length))) {
                return length;
            }
        }
        return 0;
    }
}
