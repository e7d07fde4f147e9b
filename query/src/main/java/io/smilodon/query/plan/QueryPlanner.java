package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.PartKind;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.TextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses how to carry out a query: asks each index what it offers, costs the plans, takes the
 * cheapest. A plan is right for the structure it was made for: a later array in an index may make
 * it wrong. Used once for one query.
 */
public final class QueryPlanner {

    private final Query query;
    private final CollectionStructure structure;
    private final List<Predicate> conjuncts;
    private final IdPlans idPlans;
    private final UselessIndexes useless;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, Reason> reasons = new TreeMap<>();

    /** The indexes that lead to every document that can match. */
    private final List<IndexCandidate> usable = new ArrayList<>();

    private QueryPlanner(Query asked, CollectionStructure written) {
        this.query = TextPlans.bound(asked, written);
        this.structure = written.under(query.collation());
        this.conjuncts = NormalForm.conjuncts(NormalForm.of(query.filter()));
        this.idPlans = new IdPlans(query, conjuncts, structure);
        this.useless = new UselessIndexes(query, conjuncts);
    }

    /**
     * @throws SmilodonException {@link ErrorCode#BAD_VALUE} for a hint that names no index, {@link
     *     ErrorCode#INDEX_NOT_FOUND} for one that names several, 51173 to 51175 for a range of keys
     *     that does not go with it, {@link ErrorCode#NO_QUERY_EXECUTION_PLANS} for a {@code $near}
     *     without an index and for a hint of one that cannot serve the query
     */
    public static PlanChoice plan(Query query, CollectionStructure structure) {
        return new QueryPlanner(query, structure).choose();
    }

    /**
     * The same for a query of which the shape may have been planned before: then only that way is
     * looked at, unless it is going to cost ten times as much as then.
     */
    public static PlanChoice plan(Query query, CollectionStructure structure, PlanMemory memory) {
        QueryPlanner planner = new QueryPlanner(query, structure);
        boolean isMemorable =
                !planner.idPlans.areOfOne()
                        && query.hint() == Hint.NONE
                        && query.range().isAll()
                        && !(query.output() instanceof Query.Output.OneOfEach)
                        && TextTest.in(query.filter()).isEmpty()
                        && !planner.dependsOnValues()
                        && !planner.structure.secondary().isEmpty();
        if (memory == PlanMemory.NONE || !isMemorable) {
            return planner.choose();
        }
        QueryShape shape = QueryShape.of(query);
        if (shape.isTooLong()) {
            return planner.choose();
        }
        Optional<PlanChoice> known =
                memory.recall(shape).flatMap(decision -> planner.follow(decision));
        return known.orElseGet(
                () -> {
                    PlanChoice choice = planner.choose();
                    memory.remember(shape, query, planner.decision());
                    return choice;
                });
    }

    /** Whether a partial index may serve some queries of a shape and not others. */
    private boolean dependsOnValues() {
        return structure.secondary().stream().anyMatch(index -> index.filter().isPresent());
    }

    private Optional<PlanChoice> follow(PlanDecision decision) {
        QueryPlanner narrow = new QueryPlanner(query, structure.only(decision.indexes()));
        narrow.collect(decision);
        for (Candidate candidate : narrow.candidates) {
            if (PlanDecision.way(candidate.plan().stage()).equals(decision.way())) {
                return decision.isExceededBy(candidate.plan().estimate().total())
                        ? Optional.empty()
                        : Optional.of(new PlanChoice(candidate.plan(), List.of(), List.of()));
            }
        }
        return Optional.empty();
    }

    /** What may go the way of the decision: a scan of all documents need not be weighed up. */
    private void collect(PlanDecision decision) {
        boolean isByIndex =
                !decision.indexes().isEmpty()
                        && !decision.indexes().contains(IndexDefinition.ID_INDEX_NAME)
                        && !conjuncts.contains(NormalForm.NOTHING)
                        && NearCondition.in(conjuncts).isEmpty();
        if (isByIndex) {
            enumerateIndexes();
        } else {
            collect();
        }
    }

    /** What was chosen. */
    private PlanDecision decision() {
        return PlanDecision.of(candidates.get(0));
    }

    private PlanChoice choose() {
        if (query.range().isAll()) {
            collect();
        } else {
            candidates.add(inside(query.range()));
        }
        candidates.sort(Candidate.BEST_FIRST);
        candidates.addAll(0, shortest());
        unique().ifPresent(candidates::addFirst);
        leaveAllowed();
        Candidate winner = candidates.get(0);
        List<CostedPlan> others = new ArrayList<>(candidates.size() - 1);
        for (Candidate other : candidates.subList(1, candidates.size())) {
            others.add(other.plan());
        }
        return new PlanChoice(winner.plan(), others, unused(winner));
    }

    /** What reads all documents is left only if nothing else is, as in MongoDB. */
    private void leaveAllowed() {
        if (structure.allowed().areAll() || idPlans.areOfOne()) {
            return;
        }
        if (!structure.allowed().allow(IndexDefinition.onId())) {
            candidates.removeIf(QueryPlanner::readsIds);
        }
        if (!candidates.stream().allMatch(QueryPlanner::readsAll)) {
            candidates.removeIf(QueryPlanner::readsAll);
        }
    }

    private static boolean readsIds(Candidate candidate) {
        return PlanIndexes.of(candidate.plan().stage()).contains(PlanIndexes.ON_ID);
    }

    private static boolean readsAll(Candidate candidate) {
        return PlanIndexes.areNone(candidate.plan().stage());
    }

    private void collect() {
        Optional<NearCondition> near = NearCondition.in(conjuncts);
        if (near.isPresent()) {
            candidates.addAll(new NearPlans(query, near.get(), structure).all());
            return;
        }
        switch (query.hint()) {
            case Hint.None none -> enumerate();
            case Hint.Natural natural -> candidates.add(idPlans.scan(natural.direction()));
            case Hint.ByName byName -> useIndexNamed(byName.name());
            case Hint.ByPattern byPattern -> useIndexNamed(nameOf(byPattern.pattern()));
        }
    }

    /** The plan for a part of the hinted index. */
    private Candidate inside(KeyRange range) {
        String name =
                switch (query.hint()) {
                    case Hint.None none -> throw KeyRange.noHint();
                    case Hint.Natural natural -> throw KeyRange.noHint();
                    case Hint.ByName byName -> byName.name();
                    case Hint.ByPattern byPattern -> nameOf(byPattern.pattern());
                };
        if (name.equals(IndexDefinition.ID_INDEX_NAME)) {
            return idPlans.inside(
                    range.in(IndexDefinition.onId().pattern(), structure.collation(), query));
        }
        IndexCandidate index = indexNamed(name);
        if (index.definition().pattern().kind() == PartKind.WILDCARD) {
            throw KeyRange.notCompatible(index.pattern(), range.min().isEmpty() ? "max" : "min");
        }
        return indexPlans()
                .inside(
                        index,
                        range.in(index.pattern(), index.definition().options().collation(), query));
    }

    /** The plan that is always the best where there is one. */
    private Optional<Candidate> unique() {
        return UniquePlans.candidate(query, conjuncts, structure.secondary());
    }

    /** Plans that need no comparison with others, the best first. */
    private List<Candidate> shortest() {
        if (!(query.output() instanceof Query.Output.OneOfEach one)
                || conjuncts.contains(NormalForm.NOTHING)) {
            return List.of();
        }
        DistinctPlans plans = new DistinctPlans(query, one, conjuncts, structure.statistics());
        return structure.secondary().stream()
                .filter(index -> mayUse(index))
                .flatMap(index -> plans.of(index).stream())
                .sorted(Candidate.BEST_FIRST)
                .toList();
    }

    private boolean mayUse(IndexCandidate index) {
        return switch (query.hint()) {
            case Hint.None none -> true;
            case Hint.Natural natural -> false;
            case Hint.ByName byName -> byName.name().equals(index.name());
            case Hint.ByPattern byPattern -> nameOf(byPattern.pattern()).equals(index.name());
        };
    }

    private void enumerate() {
        if (conjuncts.contains(NormalForm.NOTHING)) {
            PlanStage nothing = new PlanStage.Nothing();
            candidates.add(
                    new Candidate(
                            new CostedPlan(nothing, new Estimate(0, 0, 0)),
                            Candidate.NO_INDEX,
                            0,
                            true));
            return;
        }
        if (TextTest.in(query.filter()).isPresent()) {
            candidates.addAll(TextPlans.of(query, conjuncts, structure));
            return;
        }
        Candidate byId = idPlans.plan();
        candidates.add(byId);
        if (idPlans.areOfOne()) {
            return;
        }
        if (byId.uses(IndexDefinition.ID_INDEX_NAME)) {
            candidates.add(idPlans.scan(Direction.FORWARD));
        }
        enumerateIndexes();
    }

    private void enumerateIndexes() {
        structure.secondary().forEach(this::offer);
        candidates.addAll(new IntersectionPlans(query, conjuncts, structure).of(usable));
        candidates.addAll(new UnionPlans(query, conjuncts, structure).all());
    }

    private void offer(IndexCandidate index) {
        Optional<Reason> lack = index.lack(conjuncts);
        if (lack.isPresent()) {
            reasons.put(index.name(), lack.get());
            return;
        }
        usable.addAll(index.uses(conjuncts));
        List<Candidate> offers = offers(index, false);
        if (offers.isEmpty()) {
            reasons.put(index.name(), useless.reason(index));
        }
        candidates.addAll(offers);
    }

    private List<Candidate> offers(IndexCandidate index, boolean isForced) {
        List<Candidate> offers = new ArrayList<>();
        for (IndexCandidate use : index.uses(conjuncts)) {
            offers.addAll(indexPlans().of(use, isForced));
        }
        return offers;
    }

    private IndexPlans indexPlans() {
        return new IndexPlans(query, conjuncts, structure.statistics());
    }

    private void useIndexNamed(String name) {
        if (name.equals(IndexDefinition.ID_INDEX_NAME)) {
            candidates.add(idPlans.plan());
            return;
        }
        candidates.addAll(offers(indexNamed(name), true));
        if (candidates.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.NO_QUERY_EXECUTION_PLANS,
                    "No query solutions: the hinted index cannot serve the query",
                    Map.of("hint", name));
        }
    }

    private IndexCandidate indexNamed(String name) {
        IndexCandidate named =
                structure.secondary().stream()
                        .filter(index -> index.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> noSuchIndex(name));
        if (named.pattern().kind() == PartKind.TEXT) {
            throw new SmilodonException(
                    ErrorCode.NO_QUERY_EXECUTION_PLANS,
                    "the index of a hint cannot carry out the query",
                    Map.of("hint", name, "reason", Reason.ONLY_FOR_TEXT.sentence()));
        }
        return named;
    }

    private String nameOf(Document pattern) {
        if (isSame(pattern, IndexDefinition.onId().pattern().toDocument())) {
            return IndexDefinition.ID_INDEX_NAME;
        }
        List<String> names =
                structure.secondary().stream()
                        .filter(index -> isSame(pattern, index.pattern().toDocument()))
                        .map(IndexCandidate::name)
                        .toList();
        if (names.size() > 1) {
            throw new SmilodonException(
                    ErrorCode.INDEX_NOT_FOUND,
                    "Hint matched multiple indexes, must hint by index name",
                    Map.of("matched", names));
        }
        return names.stream().findFirst().orElseThrow(() -> noSuchIndex(pattern));
    }

    private static boolean isSame(Document left, Document right) {
        return ValueOrder.ASCENDING.compare(left, right) == 0;
    }

    private static SmilodonException noSuchIndex(Object hint) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "hint provided does not correspond to an existing index",
                Map.of("hint", hint));
    }

    private List<UnusedIndex> unused(Candidate winner) {
        List<UnusedIndex> unused = new ArrayList<>();
        for (IndexCandidate index : structure.indexes()) {
            if (!index.definition().isOnId() && !winner.uses(index.name())) {
                unused.add(new UnusedIndex(index.name(), reason(winner, index)));
            }
        }
        unused.addAll(structure.unreadable().get());
        return unused;
    }

    private Reason reason(Candidate winner, IndexCandidate index) {
        if (query.hint() != Hint.NONE) {
            return Reason.NOT_HINTED;
        }
        if (!structure.allowed().allow(index.definition())) {
            return Reason.NOT_ALLOWED;
        }
        if (winner.plan().stage() instanceof PlanStage.Nothing) {
            return Reason.NOTHING_CAN_MATCH;
        }
        if (idPlans.areOfOne()) {
            return Reason.ID_LOOKUP_IS_UNIQUE;
        }
        return candidates.stream().anyMatch(candidate -> candidate.uses(index.name()))
                ? Reason.MORE_EXPENSIVE
                : reasons.getOrDefault(index.name(), useless.reason(index));
    }
}
