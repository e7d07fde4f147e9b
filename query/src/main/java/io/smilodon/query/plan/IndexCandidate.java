package io.smilodon.query.plan;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;

/**
 * A readable index of a collection, as the planner knows it.
 *
 * @param definition what it indexes
 * @param pattern the parts of its keys: those of the definition, but for a wildcard index
 * @param traits what its entries have come to hold
 * @param comparesAlike whether its strings compare as those of the query do
 * @param filter what the documents match of which it has entries; absent if it has all
 * @param wildcard what a wildcard index is used for
 */
public record IndexCandidate(
        IndexDefinition definition,
        KeyPattern pattern,
        IndexTraits traits,
        boolean comparesAlike,
        Optional<Predicate> filter,
        Optional<WildcardUse> wildcard) {

    /** An index of the collation of the query. */
    public IndexCandidate(IndexDefinition definition, IndexTraits traits) {
        this(definition, traits, Optional.empty());
    }

    /** The same of an index that may have a filter. */
    public IndexCandidate(
            IndexDefinition definition, IndexTraits traits, Optional<Predicate> filter) {
        this(definition, definition.pattern(), traits, true, filter, Optional.empty());
    }

    /** A wildcard index for one path. */
    IndexCandidate serving(WildcardUse use, KeyPattern keys, IndexTraits ofPath) {
        return new IndexCandidate(
                definition, keys, ofPath, comparesAlike, filter, Optional.of(use));
    }

    /**
     * The ways to use it for a filter: itself, or a wildcard index for each path.
     *
     * @param conjuncts in normal form
     */
    List<IndexCandidate> uses(List<Predicate> conjuncts) {
        return definition.pattern().kind() == PartKind.WILDCARD
                ? WildcardUse.of(this, conjuncts)
                : List.of(this);
    }

    /** Why it may lack documents that match; empty if it has them all. */
    Optional<Reason> lack(List<Predicate> conjuncts) {
        if (definition.pattern().kind() == PartKind.TEXT) {
            return Optional.of(Reason.ONLY_FOR_TEXT);
        }
        if (filter.isPresent() && !new Implication(comparesAlike).holds(conjuncts, filter.get())) {
            return Optional.of(Reason.PARTIAL_COULD_MISS_DOCUMENTS);
        }
        return definition.options().sparse() && !Presence.isDemanded(this, conjuncts)
                ? Optional.of(Reason.SPARSE_COULD_MISS_DOCUMENTS)
                : Optional.empty();
    }

    /** Whether it has entries only of documents that have one of its fields, or a wildcard's. */
    public boolean isSparse() {
        return definition.options().sparse() || wildcard.isPresent();
    }

    /** Whether the part is that of the values of a wildcard. */
    boolean isWildcard(int part) {
        return wildcard.isPresent() && wildcard.get().valuePart() == part;
    }

    /** Whether its keys hold the values of this part, not something made from them. */
    boolean holdsValues(int part) {
        return pattern.part(part).kind().isByValue();
    }

    /** The index as a query of this collation sees it. */
    IndexCandidate under(Collation collation) {
        boolean isSame = definition.options().collation().equals(collation);
        return isSame == comparesAlike ? this : comparingOtherwise();
    }

    IndexCandidate comparingOtherwise() {
        return new IndexCandidate(definition, pattern, traits, false, filter, wildcard);
    }

    /** Whether its keys hold keys of a collation in the place of strings. */
    boolean isCollated() {
        return !definition.options().collation().isSimple();
    }

    /** Its name, and for a wildcard index the path that it serves. */
    String way() {
        return wildcard.map(use -> name() + " " + use.path()).orElseGet(this::name);
    }

    public String name() {
        return definition.name();
    }

    /** Whether the part's path has met an array in any document. */
    public boolean isMultikey(int part) {
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
    public boolean isSingleKey() {
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
