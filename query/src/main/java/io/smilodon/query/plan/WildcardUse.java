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
 * A wildcard index as it serves one path of a filter: as an index whose first part is the name of
 * the path, and whose second part the values there.
 *
 * @param path the path
 * @param withBelow whether the entries of all fields below the path are read too: those say only
 *     that the field is there
 */
record WildcardUse(FieldPath path, boolean withBelow) {

    /** The paths of one filter for which plans are made. */
    private static final int PATHS_MAX = 64;

    /** Documents and arrays have entries for what is in them, but none as wholes. */
    private static final IntervalSet WHOLES =
            IntervalSet.of(Interval.ofRank(TypeRank.DOCUMENT), Interval.ofRank(TypeRank.ARRAY))
                    .intersection(IntervalSet.point(Document.EMPTY).complement());

    /** The position of the names of paths among the parts. */
    static final int PATH_PART = 0;

    /** The position of the values among the parts. */
    static final int VALUE_PART = 1;

    /** The ways in which the index may serve a filter. */
    static List<IndexCandidate> of(IndexCandidate index, List<Predicate> conjuncts) {
        WildcardScope scope = WildcardType.scope(index.definition());
        Set<FieldPath> paths = new LinkedHashSet<>();
        conjuncts.forEach(conjunct -> collect(Optional.empty(), conjunct, paths));
        List<IndexCandidate> uses = new ArrayList<>();
        for (FieldPath path : paths) {
            boolean hasNumber = path.steps().stream().anyMatch(FieldPath::isIndex);
            if (!hasNumber && uses.size() < 2 * PATHS_MAX && scope.holds(path.dotted())) {
                uses.add(candidate(index, new WildcardUse(path, false)));
                if (scope.holdsAllBelow(path.dotted()) && isPresent(path, conjuncts)) {
                    uses.add(candidate(index, new WildcardUse(path, true)));
                }
            }
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
        KeyPart wildcard = index.definition().pattern().part(0);
        KeyPattern pattern =
                KeyPattern.of(
                        KeyPart.ascending(WildcardType.PATH_FIELD),
                        new KeyPart(use.path, wildcard.direction()));
        Set<Integer> arrays =
                use.withBelow
                        ? Set.of(use.path.length())
                        : index.traits().arrays().prefixLengths(use.path);
        IndexTraits traits =
                new IndexTraits(
                        new MultikeyPaths(List.of(Set.of(), arrays)),
                        index.traits().holdsCutKeys());
        return index.serving(use, pattern, traits);
    }

    /** The names of the paths whose entries are read. */
    IntervalSet names() {
        String name = path.dotted();
        IntervalSet own = IntervalSet.point(new StringValue(name));
        return withBelow
                ? own.union(
                        IntervalSet.of(
                                new Interval(
                                        new StringValue(name + "."),
                                        true,
                                        new StringValue(name + "/"),
                                        false)))
                : own;
    }

    /** Whether each document that passes the test has an entry with one of these values. */
    boolean hasEntries(ValueTest test, IntervalSet values) {
        return !withBelow
                && !test.test(Missing.INSTANCE)
                && !test.test(ArrayValue.EMPTY)
                && values.intersection(WHOLES).isEmpty();
    }

    /** Whether the bounds are of use: without any on the values, the path may be absent. */
    boolean isServedBy(IndexAccess access) {
        return withBelow || !access.bounds().part(VALUE_PART).isAll();
    }
}
