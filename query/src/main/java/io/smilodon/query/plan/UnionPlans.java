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
    private final PlanAssembler assembler;
    private final CostModel costs;
    private long work;

    UnionPlans(Query query, List<Predicate> conjuncts, CollectionStructure structure) {
        this.query = query;
        this.conjuncts = conjuncts;
        this.structure = structure;
        this.assembler = new PlanAssembler(query);
        this.costs = new CostModel(structure.statistics());
    }

    /**
     * A disjunction to plan.
     *
     * @param siblings the conjuncts that hold with each branch
     */
    private record Branching(List<Predicate> branches, List<Predicate> siblings) {

        /**
         * What has to hold of the documents of a branch. A choice of an expression goes well with
         * all others as it is: looking for equal ones among them would read it for each branch.
         */
        Predicate with(Predicate branch) {
            List<Predicate> all = new ArrayList<>(siblings);
            all.add(0, branch);
            return branch instanceof Predicate.Computed
                    ? NormalForm.allOf(all)
                    : NormalForm.of(new Predicate.And(all));
        }
    }

    /** Those among the conjuncts; an expression that leaves a choice is a sibling of each. */
    private List<Branching> branchings() {
        List<Branching> found = new ArrayList<>();
        for (Predicate conjunct : conjuncts) {
            if (conjunct instanceof Predicate.Or or) {
                found.add(branching(or));
            } else if (conjunct instanceof Predicate.Computed computed) {
                computed.choices().forEach(all -> found.add(new Branching(all, conjuncts)));
            }
        }
        return found;
    }

    private Branching branching(Predicate.Or or) {
        List<Predicate> siblings = new ArrayList<>(conjuncts);
        siblings.remove(or);
        return new Branching(or.children(), siblings);
    }

    /**
     * The plans for each disjunction among the conjuncts whose every branch can use an index: one
     * after the other, and merged if each index provides the order that is asked for.
     */
    List<Candidate> all() {
        List<Candidate> plans = new ArrayList<>();
        boolean isOrdered = assembler.sort().isPresent();
        for (Branching any : branchings()) {
            if (isAffordable(any)) {
                branches(any, this::cheapest).map(this::united).ifPresent(plans::add);
                if (isOrdered && isAffordable(any)) {
                    branches(any, this::cheapestInOrder)
                            .flatMap(this::merged)
                            .ifPresent(plans::add);
                }
            }
        }
        return plans;
    }

    /** Each branch is planned together with the other conjuncts. */
    private boolean isAffordable(Branching any) {
        long siblings = NormalForm.sizeOf(any.siblings());
        work += 1 + NormalForm.sizeOf(any.branches()) + any.branches().size() * siblings;
        return work <= WORK_MAX;
    }

    /** A way to the documents of each branch that can match; empty if there is none to one. */
    private Optional<List<IndexPlans.Branch>> branches(
            Branching any, Function<List<Predicate>, Optional<IndexPlans.Branch>> way) {
        List<IndexPlans.Branch> branches = new ArrayList<>();
        for (Predicate child : any.branches()) {
            Predicate whole = any.with(child);
            if (whole.equals(NormalForm.NOTHING)) {
                continue;
            }
            Optional<IndexPlans.Branch> branch = way.apply(NormalForm.conjuncts(whole));
            if (branch.isEmpty() || isFoundBySiblings(any, branch.get())) {
                return Optional.empty();
            }
            branches.add(branch.get());
        }
        return branches.isEmpty() ? Optional.empty() : Optional.of(branches);
    }

    /** Whether the entries lead to the documents of all branches: then they need no others. */
    private static boolean isFoundBySiblings(Branching any, IndexPlans.Branch branch) {
        List<Predicate> siblings = any.siblings();
        return switch (branch.entries()) {
            case EntryStage.IndexScan scan -> siblings.containsAll(scan.access().bounding());
            case EntryStage.MergeSort merge ->
                    siblings.containsAll(merge.inputs().get(0).access().bounding());
            default -> false;
        };
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
                Optional<EntryStage> union = entriesWith(branching(or), special);
                if (union.isPresent()) {
                    return union;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<EntryStage> entriesWith(
            Branching any, Function<List<Predicate>, Optional<? extends EntryStage>> special) {
        List<EntryStage> inputs = new ArrayList<>();
        boolean isSpecial = false;
        for (Predicate child : any.branches()) {
            List<Predicate> branch = NormalForm.conjuncts(any.with(child));
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

    private Optional<IndexPlans.Branch> cheapest(List<Predicate> branch) {
        Query unordered = Query.of(query.filter()).collated(query.collation());
        IndexPlans plans = new IndexPlans(unordered, branch, structure.statistics());
        List<IndexPlans.Branch> found = offers(branch, plans::branch);
        byId(branch).ifPresent(found::add);
        return found.stream().min(Comparator.comparingDouble(this::cost));
    }

    private Optional<IndexPlans.Branch> cheapestInOrder(List<Predicate> branch) {
        IndexPlans plans = new IndexPlans(query, branch, structure.statistics());
        return offers(branch, plans::orderedBranch).stream()
                .min(Comparator.comparingDouble(this::costInOrder));
    }

    private List<IndexPlans.Branch> offers(
            List<Predicate> branch, Function<IndexCandidate, Optional<IndexPlans.Branch>> way) {
        List<IndexPlans.Branch> found = new ArrayList<>();
        for (IndexCandidate index : structure.secondary()) {
            if (index.lack(branch).isEmpty()) {
                index.uses(branch).forEach(use -> way.apply(use).ifPresent(found::add));
            }
        }
        return found;
    }

    private double cost(IndexPlans.Branch branch) {
        return estimate(branch).total();
    }

    /** A branch may have to give all that is wanted, and then nobody reads on. */
    private double costInOrder(IndexPlans.Branch branch) {
        Estimate whole = estimate(branch);
        return query.limit() > 0
                ? whole.stoppedAfter(query.skip() + query.limit()).total()
                : whole.total();
    }

    private Estimate estimate(IndexPlans.Branch branch) {
        return costs.of(new PlanStage.Fetch(branch.entries(), branch.residual()));
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

    private Candidate united(List<IndexPlans.Branch> branches) {
        List<EntryStage> inputs = branches.stream().map(IndexPlans.Branch::entries).toList();
        EntryStage union = inputs.size() == 1 ? inputs.get(0) : new EntryStage.Union(inputs);
        boolean isSorted = assembler.sort().isEmpty();
        PlanStage stage = assembler.ofEntries(union, residual(branches), isSorted);
        return candidate(stage, inputs, isSorted);
    }

    private Optional<Candidate> merged(List<IndexPlans.Branch> branches) {
        List<EntryStage.IndexScan> inputs = new ArrayList<>();
        List<List<Integer>> parts = new ArrayList<>();
        for (IndexPlans.Branch branch : branches) {
            inputs.addAll(branch.merge().inputs());
            parts.addAll(branch.merge().parts());
        }
        if (inputs.size() < 2 || inputs.size() > IndexPlans.SCANS_MAX) {
            return Optional.empty();
        }
        EntryStage merge = new EntryStage.MergeSort(inputs, assembler.sort().orElseThrow(), parts);
        PlanStage stage = assembler.ofEntries(merge, residual(branches), true);
        return Optional.of(candidate(stage, inputs, true));
    }

    private Predicate residual(List<IndexPlans.Branch> branches) {
        boolean isExact =
                branches.stream().allMatch(branch -> NormalForm.isEverything(branch.residual()));
        return isExact ? Predicate.everything() : NormalForm.allOf(conjuncts);
    }

    private Candidate candidate(
            PlanStage stage, List<? extends EntryStage> inputs, boolean isSorted) {
        return new Candidate(new CostedPlan(stage, costs.of(stage)), names(inputs), 0, isSorted);
    }

    private static SortedSet<String> names(List<? extends EntryStage> inputs) {
        SortedSet<String> names = new TreeSet<>();
        for (EntryStage input : inputs) {
            if (input instanceof EntryStage.IndexScan scan) {
                names.add(scan.index().name());
            }
        }
        return names;
    }
}
