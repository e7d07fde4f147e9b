package io.smilodon.query.plan;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.index.IndexTraits;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.MultikeyPaths;
import io.smilodon.index.key.WildcardScope;
import io.smilodon.index.ordered.WildcardType;
import io.smilodon.query.predicate.ElementMatches;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.ValueTest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A wildcard index as it serves one path of a filter: as an index that has, in the place of the
 * wildcard, first the name of the path, then the values there. Or as it serves a filter of the
 * fields before the wildcard: then all paths and values are read.
 *
 * @param path the path; {@value WildcardType#PATH_FIELD} for all
 * @param reach what of the entries is read
 * @param position the position of the wildcard among the parts of the index
 */
record WildcardUse(FieldPath path, Reach reach, int position) {

    /** Entries of which fields are read. */
    enum Reach {
        /** Of the field at the path. */
        PATH,
        /** Of all fields below the path too: those say only that the field is there. */
        BELOW,
        /** Of all fields: every document has an entry. */
        ALL
    }

    /** The paths of one filter for which plans are made. */
    private static final int PATHS_MAX = 64;

    private static final FieldPath ANY = FieldPath.parse(WildcardType.PATH_FIELD);

    /** Documents and arrays have entries for what is in them, but none as wholes. */
    private static final IntervalSet WHOLES =
            IntervalSet.of(Interval.ofRank(TypeRank.DOCUMENT), Interval.ofRank(TypeRank.ARRAY))
                    .intersection(IntervalSet.point(Document.EMPTY).complement());

    /** The ways in which the index may serve a filter. */
    static List<IndexCandidate> of(IndexCandidate index, List<Predicate> conjuncts) {
        WildcardScope scope = WildcardType.scope(index.definition());
        int position = index.definition().pattern().wildcard().orElseThrow();
        Set<FieldPath> paths = new LinkedHashSet<>();
        conjuncts.forEach(conjunct -> collect(Optional.empty(), conjunct, paths));
        List<IndexCandidate> uses = new ArrayList<>();
        for (FieldPath path : paths) {
            boolean hasNumber = path.steps().stream().anyMatch(FieldPath::isIndex);
            if (!hasNumber && uses.size() < 2 * PATHS_MAX && scope.holds(path.dotted())) {
                uses.add(candidate(index, new WildcardUse(path, Reach.PATH, position)));
                if (scope.holdsAllBelow(path.dotted()) && isPresent(path, conjuncts)) {
                    uses.add(candidate(index, new WildcardUse(path, Reach.BELOW, position)));
                }
            }
        }
        if (position > 0) {
            uses.add(candidate(index, new WildcardUse(ANY, Reach.ALL, position)));
        }
        return uses;
    }

    private static void collect(
            Optional<FieldPath> base, Predicate predicate, Set<FieldPath> paths) {
        switch (predicate) {
            case Predicate.And and -> and.children().forEach(c -> collect(base, c, paths));
            case Predicate.Or or -> or.children().forEach(c -> collect(base, c, paths));
            case Predicate.At at -> {
                FieldPath path = base.map(b -> b.child(at.path().dotted())).orElse(at.path());
                paths.add(path);
                if (at.test() instanceof ElementMatches matches) {
                    collect(Optional.of(path), matches.predicate(), paths);
                }
            }
            case Predicate.Not not -> {} // absent fields pass
            case Predicate.Computed computed -> {} // asks about no key
            case Predicate.Whole whole -> {} // asks about no key
        }
    }

    /** Whether a conjunct asks for a value at the path, whatever it is. */
    private static boolean isPresent(FieldPath path, List<Predicate> conjuncts) {
        return conjuncts.stream()
                .anyMatch(
                        conjunct ->
                                conjunct instanceof Predicate.At at
                                        && at.path().equals(path)
                                        && !at.test().test(Missing.INSTANCE));
    }

    private static IndexCandidate candidate(IndexCandidate index, WildcardUse use) {
        KeyPattern pattern = index.definition().pattern();
        KeyPart wildcard = pattern.part(use.position);
        KeyPattern keys =
                pattern.with(
                        use.position,
                        KeyPart.ascending(WildcardType.PATH_FIELD),
                        new KeyPart(use.path, wildcard.direction()));
        List<Set<Integer>> arrays = new ArrayList<>();
        for (int part = 0; part < keys.length(); part++) {
            arrays.add(part == use.valuePart() ? use.arrays(index.traits()) : Set.of());
        }
        IndexTraits traits =
                new IndexTraits(new MultikeyPaths(arrays), index.traits().holdsCutKeys());
        return index.serving(use, keys, traits);
    }

    /** A document has several entries also for several fields. */
    private Set<Integer> arrays(IndexTraits traits) {
        return reach == Reach.PATH ? traits.arrays().prefixLengths(path) : Set.of(path.length());
    }

    /** The position of the names of paths among the parts of the keys. */
    int namePart() {
        return position;
    }

    /** The position of the values among the parts of the keys. */
    int valuePart() {
        return position + 1;
    }

    /** The names of the paths whose entries are read. */
    IntervalSet names() {
        String name = path.dotted();
        IntervalSet own = IntervalSet.point(new StringValue(name));
        return switch (reach) {
            case PATH -> own;
            case BELOW ->
                    own.union(
                            IntervalSet.of(
                                    new Interval(
                                            new StringValue(name + "."),
                                            true,
                                            new StringValue(name + "/"),
                                            false)));
            case ALL -> IntervalSet.ALL;
        };
    }

    /** Whether each document that passes the test has an entry with one of these values. */
    boolean hasEntries(ValueTest test, IntervalSet values) {
        return reach == Reach.PATH
                && !test.test(Missing.INSTANCE)
                && !test.test(ArrayValue.EMPTY)
                && values.intersection(WHOLES).isEmpty();
    }

    /**
     * Whether the bounds are of use: without any on the values of a path, it may be absent; without
     * any on the fields before, all entries would be read for nothing.
     */
    boolean isServedBy(IndexAccess access) {
        return switch (reach) {
            case PATH -> !access.bounds().part(valuePart()).isAll();
            case BELOW -> true;
            case ALL -> access.isSelective();
        };
    }
}
