package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.PartKind;
import io.smilodon.index.text.TextIndex;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plans of a query with {@code $text}: it is always the text index that finds the documents,
 * within a disjunction together with other indexes. Immutable.
 */
final class TextPlans {

    private final Query query;
    private final List<Predicate> conjuncts;
    private final CollectionStructure structure;
    private final TextTest test;
    private final IndexCandidate index;

    private TextPlans(Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        this.query = query;
        this.conjuncts = conjuncts;
        this.structure = structure;
        this.test = TextTest.in(query.filter()).orElseThrow();
        this.index = textIndex(structure).orElseThrow(TextTest::noIndex);
    }

    /**
     * The query, its {@code $text} bound to the text index.
     *
     * @throws SmilodonException 27 if there is no text index, 2 if a hint or the natural order is
     *     asked for
     */
    static Query bound(Query query, CollectionStructure structure) {
        Optional<TextTest> test = TextTest.in(query.filter());
        if (test.isEmpty()) {
            return query;
        }
        requireNoHint(query);
        if (NearCondition.in(NormalForm.conjuncts(NormalForm.of(query.filter()))).isPresent()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "text and geoNear not allowed in same query");
        }
        IndexCandidate index = textIndex(structure).orElseThrow(TextTest::noIndex);
        TextTest bound = test.get().by(index.definition());
        return query.withFilter(bound.placedIn(query.filter()));
    }

    private static void requireNoHint(Query query) {
        if (query.hint() instanceof Hint.Natural) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "text expression not allowed with $natural sort order");
        }
        if (query.hint() != Hint.NONE) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "text and hint not allowed in same query");
        }
        if (query.output() instanceof Query.Output.Keys) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "text and returnKey not allowed in same query");
        }
    }

    private static Optional<IndexCandidate> textIndex(CollectionStructure structure) {
        return structure.secondary().stream()
                .filter(index -> index.pattern().kind() == PartKind.TEXT)
                .findFirst();
    }

    /**
     * The plans.
     *
     * @param conjuncts of the bound query in normal form
     * @throws SmilodonException 291 if the text index cannot find all that matches
     */
    static List<Candidate> of(
            Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        return new TextPlans(query, conjuncts, structure).all();
    }

    private List<Candidate> all() {
        Optional<EntryStage.TextScan> scan = scan(conjuncts, isByScore());
        if (scan.isPresent()) {
            Predicate filter = test.ofFound().placedIn(NormalForm.allOf(conjuncts));
            return List.of(candidate(scan.get(), filter, scan.get().isByScore()));
        }
        Optional<EntryStage> union =
                new UnionPlans(query, conjuncts, structure)
                        .entriesWith(branch -> scan(branch, false));
        if (union.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.NO_QUERY_EXECUTION_PLANS,
                            "Failed to produce a solution for TEXT under OR - other non-TEXT"
                                    + " clauses under OR have to be indexed as well.")
                    .withHint("index the fields of the other clauses of $or");
        }
        return List.of(candidate(union.get(), NormalForm.allOf(conjuncts), false));
    }

    private Candidate candidate(EntryStage entries, Predicate filter, boolean isByScore) {
        PlanAssembler assembler = new PlanAssembler(query);
        boolean isSorted = isByScore || assembler.sort().isEmpty();
        PlanStage match = new PlanStage.TextMatch(entries, test.matcher(), filter, isScored());
        PlanStage stage = assembler.ofDocuments(match, isSorted);
        return new Candidate(
                new CostedPlan(stage, new CostModel(structure.statistics()).of(stage)),
                names(stage),
                0,
                isSorted);
    }

    private TreeSet<String> names(PlanStage stage) {
        Set<Integer> read = PlanIndexes.of(stage);
        TreeSet<String> names = new TreeSet<>();
        for (IndexCandidate each : structure.indexes()) {
            if (read.contains(each.definition().id())) {
                names.add(each.name());
            }
        }
        return names;
    }

    /**
     * The best come first if only some of them are wanted: then the others are never read. The
     * entries of one word are in that order anyway.
     */
    private boolean isByScore() {
        return (query.limit() > 0 || test.matcher().search().keys().size() == 1)
                && !(query.output() instanceof Query.Output.Counted)
                && query.sort().stream()
                        .flatMap(sort -> sort.parts().stream())
                        .map(part -> part.metadata())
                        .toList()
                        .equals(List.of(Optional.of(MetadataKind.TEXT_SCORE)));
    }

    private boolean isScored() {
        return query.sort().stream().anyMatch(sort -> sort.readsMetadata())
                || switch (query.output()) {
                    case Query.Output.Annotated known -> true;
                    case Query.Output.Projected projected -> projected.readsMetadata();
                    case Query.Output.OneOfEach one -> false;
                    case Query.Output.Whole whole -> false;
                    case Query.Output.Needed needed -> false;
                    case Query.Output.Keys keys -> false;
                    case Query.Output.Counted counted -> false;
                };
    }

    /** What finds the documents of a conjunction with the test in it. */
    private Optional<EntryStage.TextScan> scan(List<Predicate> branch, boolean isByScore) {
        if (!branch.contains(new Predicate.Whole(test))) {
            return Optional.empty();
        }
        if (index.filter().isPresent()
                && !new Implication(index.comparesAlike()).holds(branch, index.filter().get())) {
            throw partial();
        }
        List<IntervalSet> before = new ArrayList<>();
        for (KeyPart part : TextIndex.of(index.definition()).before()) {
            before.add(point(part, branch).orElseThrow(TextPlans::noEquality));
        }
        return Optional.of(
                new EntryStage.TextScan(
                        index, test.matcher().search(), new IndexBounds(before), isByScore));
    }

    /** The one value that the conjunction allows a field; those of a collation are no help. */
    private Optional<IntervalSet> point(KeyPart part, List<Predicate> branch) {
        for (Predicate conjunct : branch) {
            if (conjunct instanceof Predicate.At at && at.path().equals(part.path())) {
                IntervalSet values = IntervalSet.of(at.test().intervals());
                if (values.isPoint() && (index.comparesAlike() || !values.isOrderedByCollation())) {
                    return Optional.of(values);
                }
            }
        }
        return Optional.empty();
    }

    private static SmilodonException partial() {
        return new SmilodonException(
                ErrorCode.NO_QUERY_EXECUTION_PLANS,
                "failed to use text index to satisfy $text query (it is partial, and the query"
                        + " does not say that its filter holds)");
    }

    private static SmilodonException noEquality() {
        return new SmilodonException(
                ErrorCode.NO_QUERY_EXECUTION_PLANS,
                "failed to use text index to satisfy $text query (if text index is compound, are"
                        + " equality predicates given for all prefix fields?)");
    }
}
