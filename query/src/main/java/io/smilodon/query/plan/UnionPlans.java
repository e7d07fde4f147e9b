package io.smilodon.query.plan;

import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The plans that read each branch of a disjunction through an index of its own. Used once: many
 * disjunctions of many branches multiply, and what would take too long to plan is not offered.
 */
final class UnionPlans {

    /** Predicates that the planning of all branches may look at: some hundredths of a second. */
    private static final long WORK_MAX = 20_000;

    private final Query query;
    private final List<Predicate> conjuncts;
    private final CollectionStructure structure;
    private final long filterSize;
    private long work;

    UnionPlans(Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        this.query = query;
        this.conjuncts = conjuncts;
        this.structure = structure;
        this.filterSize = NormalForm.sizeOf(conjuncts);
    }

    /** One plan for each disjunction among the conjuncts whose every branch can use an index. */
    List<Candidate> all() {
        List<Candidate> plans = new ArrayList<>();
        for (Predicate conjunct : conjuncts) {
            if (conjunct instanceof Predicate.Or or && isAffordable(or)) {
                plan(or).ifPresent(plans::add);
            }
        }
        return plans;
    }

    /** Each branch is planned together with the other conjuncts. */
    private boolean isAffordable(Predicate.Or or) {
        long siblings = filterSize - NormalForm.size(or);
        work += NormalForm.size(or) + or.children().size() * siblings;
        return work <= WORK_MAX;
    }

    private Optional<Candidate> plan(Predicate.Or or) {
        List<IndexPlans.Branch> branches = new ArrayList<>();
        for (Predicate child : or.children()) {
            Predicate whole = withSiblings(or, child);
            if (whole.equals(NormalForm.NOTHING)) {
                continue;
            }
            Optional<IndexPlans.Branch> branch = cheapest(NormalForm.conjuncts(whole));
            if (branch.isEmpty()) {
                return Optional.empty();
            }
            branches.add(branch.get());
        }
        return branches.isEmpty() ? Optional.empty() : Optional.of(candidate(branches));
    }

    /**
     * Entries that lead to all documents of a disjunction in which one branch is found by means of
     * its own.
     *
     * @param special what finds a branch, if it is the one
     */
    Optional<EntryStage> entriesWith(
            Function<List<Predicate>, Optional<? extends EntryStage>> special) {
        for (Predicate conjunct : conjuncts) {
            if (conjunct instanceof Predicate.Or or) {
                Optional<EntryStage> union = entriesWith(or, special);
                if (union.isPresent()) {
                    return union;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<EntryStage> entriesWith(
            Predicate.Or or, Function<List<Predicate>, Optional<? extends EntryStage>> special) {
        List<EntryStage> inputs = new ArrayList<>();
        boolean isSpecial = false;
        for (Predicate child : or.children()) {
            List<Predicate> branch = NormalForm.conjuncts(withSiblings(or, child));
            Optional<? extends EntryStage> own = special.apply(branch);
            Optional<IndexPlans.Branch> found = own.isEmpty() ? cheapest(branch) : Optional.empty();
            if (own.isEmpty() && found.isEmpty()) {
                return Optional.empty();
            }
            isSpecial |= own.isPresent();
            own.ifPresent(inputs::add);
            found.map(IndexPlans.Branch::entries).ifPresent(inputs::add);
        }
        return isSpecial ? Optional.of(new EntryStage.Union(inputs)) : Optional.empty();
    }

    private Predicate withSiblings(Predicate.Or or, Predicate child) {
        List<Predicate> all = new ArrayList<>(conjuncts);
        all.remove(or);
        all.add(0, child);
        return NormalForm.of(new Predicate.And(all));
    }

    private Optional<IndexPlans.Branch> cheapest(List<Predicate> branch) {
        Query unordered = Query.of(query.filter()).collated(query.collation());
        IndexPlans plans = new IndexPlans(unordered, branch, structure.statistics());
        List<IndexPlans.Branch> found = new ArrayList<>();
        byId(branch).ifPresent(found::add);
        for (IndexCandidate index : structure.secondary()) {
            if (index.lack(branch).isEmpty()) {
                index.uses(branch).forEach(use -> plans.branch(use).ifPresent(found::add));
            }
        }
        CostModel costs = new CostModel(structure.statistics());
        return found.stream().min(Comparator.comparingDouble(b -> cost(costs, b)));
    }

    private static double cost(CostModel costs, IndexPlans.Branch branch) {
        return costs.of(new PlanStage.Fetch(branch.entries(), branch.residual())).total();
    }

    private Optional<IndexPlans.Branch> byId(List<Predicate> branch) {
        IndexAccess access = IdPlans.access(query, branch, structure);
        IntervalSet ids = access.bounds().part(0);
        return ids.isPoints()
                ? Optional.of(
                        new IndexPlans.Branch(
                                new EntryStage.IdEntries(IdPlans.values(ids)),
                                NormalForm.allOf(access.residual())))
                : Optional.empty();
    }

    private Candidate candidate(List<IndexPlans.Branch> branches) {
        List<EntryStage> inputs = branches.stream().map(IndexPlans.Branch::entries).toList();
        boolean isExact =
                branches.stream().allMatch(branch -> NormalForm.isEverything(branch.residual()));
        Predicate residual = isExact ? Predicate.everything() : NormalForm.allOf(conjuncts);
        EntryStage union = inputs.size() == 1 ? inputs.get(0) : new EntryStage.Union(inputs);
        PlanAssembler assembler = new PlanAssembler(query);
        boolean isSorted = assembler.sort().isEmpty();
        PlanStage stage = assembler.ofEntries(union, residual, isSorted);
        return new Candidate(
                new CostedPlan(stage, new CostModel(structure.statistics()).of(stage)),
                names(inputs),
                0,
                isSorted);
    }

    private static SortedSet<String> names(List<EntryStage> inputs) {
        SortedSet<String> names = new TreeSet<>();
        for (EntryStage input : inputs) {
            if (input instanceof EntryStage.IndexScan scan) {
                names.add(scan.index().name());
            }
        }
        return names;
    }
}
