package io.smilodon.query.plan;

import io.smilodon.engine.value.Direction;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPart;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The plans that one index offers for a query. Immutable. */
final class IndexPlans {

    /** Scans that one scan is split into at most, to merge them in order; as in MongoDB. */
    static final int SCANS_MAX = 200;

    private final Query query;
    private final List<Predicate> conjuncts;
    private final Statistics statistics;
    private final PlanAssembler assembler;

    IndexPlans(Query query, List<Predicate> conjuncts, Statistics statistics) {
        this.query = query;
        this.conjuncts = conjuncts;
        this.statistics = statistics;
        this.assembler = new PlanAssembler(query);
    }

    /**
     * @param isForced whether to use the index even if it is of no use
     */
    List<Candidate> of(IndexCandidate index, boolean isForced) {
        IndexAccess access = access(index, Set.of());
        if (!isServed(access)) {
            return List.of();
        }
        if (access.bounds().isEmpty()) {
            return List.of(candidate(access, new PlanStage.Nothing(), true));
        }
        List<Candidate> plans = new ArrayList<>();
        Optional<SortOrder.Provided> order = order(access);
        boolean isSorted = order.isPresent();
        EntryStage.IndexScan scan = scan(access, direction(order));
        Predicate residual = residual(access);
        if (isForced || isUseful(access, scan, isSorted)) {
            plans.add(candidate(access, assembler.ofEntries(scan, residual, isSorted), isSorted));
        }
        if (!isSorted) {
            sort().flatMap(pattern -> opened(index, pattern)).ifPresent(plans::add);
            sort().flatMap(pattern -> exploded(access, pattern)).ifPresent(plans::add);
        }
        return plans;
    }

    /** The plan that scans the index once, whatever that costs; empty if it is of no use. */
    Optional<PlanStage> scanOf(IndexCandidate index) {
        IndexAccess access = access(index, Set.of());
        if (!isServed(access) || access.bounds().isEmpty()) {
            return Optional.empty();
        }
        Optional<SortOrder.Provided> order = order(access);
        EntryStage.IndexScan scan = scan(access, direction(order));
        boolean isSorted = order.isPresent();
        return isUseful(access, scan, isSorted)
                ? Optional.of(assembler.ofEntries(scan, residual(access), isSorted))
                : Optional.empty();
    }

    /** The plan that looks at a part of the index, whatever the filter says about its keys. */
    Candidate inside(IndexCandidate index, KeySpan span) {
        Set<Integer> parts = new HashSet<>();
        for (int part = 0; part < index.pattern().length(); part++) {
            parts.add(part);
        }
        IndexAccess access = access(index, parts).withBounds(span.bounds());
        Optional<SortOrder.Provided> order = order(access);
        EntryStage scan = scan(access, direction(order)).inside(span);
        boolean isSorted = order.isPresent();
        return candidate(access, assembler.ofEntries(scan, residual(access), isSorted), isSorted);
    }

    /**
     * A scan for one branch of a disjunction, with what it leaves to check; empty if it is no use.
     */
    Optional<Branch> branch(IndexCandidate index) {
        IndexAccess access = access(index, Set.of());
        return access.isSelective() && isServed(access)
                ? Optional.of(new Branch(scan(access, Direction.FORWARD), residual(access)))
                : Optional.empty();
    }

    /**
     * Scans for one branch of a disjunction that come in the order of the query; empty if it is no
     * use.
     */
    Optional<Branch> orderedBranch(IndexCandidate index) {
        IndexAccess access = access(index, Set.of());
        return access.isSelective() && isServed(access)
                ? sort().flatMap(pattern -> orderedScans(access, pattern))
                        .map(scans -> new Branch(scans, residual(access)))
                : Optional.empty();
    }

    private static Optional<EntryStage.MergeSort> orderedScans(
            IndexAccess access, SortPattern pattern) {
        Optional<SortOrder.Provided> order = SortOrder.of(access, pattern);
        return order.isPresent()
                ? Optional.of(merged(List.of(access), pattern, order.get()))
                : explodedScans(access, pattern);
    }

    /** Entries that lead to all documents of a branch, and what else those have to satisfy. */
    record Branch(EntryStage entries, Predicate residual) {

        /** The entries of a branch that an index offers. */
        EntryStage.IndexScan scan() {
            return (EntryStage.IndexScan) entries;
        }

        /** The entries of a branch that come in order. */
        EntryStage.MergeSort merge() {
            return (EntryStage.MergeSort) entries;
        }
    }

    private static boolean isServed(IndexAccess access) {
        return GeoBounds.isServed(access)
                && access.index().wildcard().map(use -> use.isServedBy(access)).orElse(true);
    }

    private IndexAccess access(IndexCandidate index, Set<Integer> openParts) {
        return new BoundsBuilder(index, statistics, openParts).build(conjuncts);
    }

    private Optional<SortPattern> sort() {
        return assembler.sort();
    }

    private Optional<SortOrder.Provided> order(IndexAccess access) {
        return sort().flatMap(pattern -> SortOrder.of(access, pattern));
    }

    private static Direction direction(Optional<SortOrder.Provided> order) {
        return order.map(SortOrder.Provided::direction).orElse(Direction.FORWARD);
    }

    private boolean isUseful(IndexAccess access, EntryStage.IndexScan scan, boolean isSorted) {
        return access.isSelective()
                || access.index().definition().options().sparse() // which is shorter as a whole
                || access.index().filter().isPresent() // as well
                || (isSorted && sort().isPresent())
                || (mayReplaceScan()
                        && assembler.covered(scan, residual(access), isSorted).isPresent());
    }

    /**
     * Whether all entries may be read instead of all documents. Stages see in which order documents
     * come, and find what they need in small ones that pass by faster than in entries.
     */
    private boolean mayReplaceScan() {
        return query.output() instanceof Query.Output.Projected;
    }

    static EntryStage.IndexScan scan(IndexAccess access, Direction direction) {
        List<Predicate> decided = residual(access, true);
        Optional<KeyFilter> filter =
                decided.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new KeyFilter(access.index().pattern(), NormalForm.allOf(decided)));
        return new EntryStage.IndexScan(
                access, direction, filter, access.repeats(), Optional.empty());
    }

    /** What is left to check on the documents. */
    static Predicate residual(IndexAccess access) {
        return NormalForm.allOf(residual(access, false));
    }

    /** What is left to check: on the keys, or on the documents. */
    private static List<Predicate> residual(IndexAccess access, boolean onKeys) {
        List<Predicate> left = new ArrayList<>(access.residual().size());
        for (Predicate conjunct : access.residual()) {
            if (KeyFilter.decides(access.index(), conjunct) == onKeys) {
                left.add(conjunct);
            }
        }
        return left;
    }

    /**
     * A plan that reads all keys of the arrays that are sorted by, for then the index provides the
     * order.
     */
    private Optional<Candidate> opened(IndexCandidate index, SortPattern pattern) {
        if (index.wildcard().isPresent()) {
            return Optional.empty(); // documents in an array have no keys as wholes
        }
        IndexAccess access = access(index, arraysOf(index, pattern));
        return SortOrder.of(access, pattern)
                .map(
                        order -> {
                            EntryStage scan = scan(access, order.direction());
                            return candidate(
                                    access,
                                    assembler.ofEntries(scan, residual(access), true),
                                    true);
                        });
    }

    private static Set<Integer> arraysOf(IndexCandidate index, SortPattern pattern) {
        Set<Integer> parts = new HashSet<>();
        for (SortPart field : pattern.parts()) {
            index.pattern().indexOf(field.path().dotted()).ifPresent(parts::add);
        }
        parts.removeIf(part -> !index.isMultikey(part));
        Set<Integer> withNeighbours = new HashSet<>(parts);
        for (int other = 0; other < index.pattern().length(); other++) {
            for (int part : parts) {
                if (index.sharedArray(part, other) > 0) {
                    withNeighbours.add(other);
                }
            }
        }
        return withNeighbours;
    }

    /** The plan of scans that are merged in the order that each provides. */
    private Optional<Candidate> exploded(IndexAccess access, SortPattern pattern) {
        return explodedScans(access, pattern)
                .map(
                        merged ->
                                candidate(
                                        access,
                                        assembler.ofEntries(merged, residual(access), true),
                                        true));
    }

    /** One scan for each combination of single values. */
    private static Optional<EntryStage.MergeSort> explodedScans(
            IndexAccess access, SortPattern pattern) {
        List<IndexAccess> accesses = explode(access);
        return accesses.size() < 2
                ? Optional.empty()
                : SortOrder.of(accesses.get(0), pattern)
                        .map(order -> merged(accesses, pattern, order));
    }

    private static EntryStage.MergeSort merged(
            List<IndexAccess> accesses, SortPattern pattern, SortOrder.Provided order) {
        return new EntryStage.MergeSort(
                accesses.stream().map(access -> scan(access, order.direction())).toList(),
                pattern,
                Collections.nCopies(accesses.size(), order.parts()));
    }

    private static List<IndexAccess> explode(IndexAccess access) {
        List<List<IntervalSet>> prefixes = List.of(List.of());
        int parts = access.equalityParts();
        for (int part = 0; part < parts; part++) {
            List<Interval> intervals = access.bounds().part(part).intervals();
            if ((long) prefixes.size() * intervals.size() > SCANS_MAX) {
                return List.of();
            }
            List<List<IntervalSet>> longer = new ArrayList<>();
            for (List<IntervalSet> prefix : prefixes) {
                for (Interval interval : intervals) {
                    List<IntervalSet> next = new ArrayList<>(prefix);
                    next.add(IntervalSet.of(interval));
                    longer.add(next);
                }
            }
            prefixes = longer;
        }
        return prefixes.stream().map(prefix -> narrowed(access, prefix)).toList();
    }

    private static IndexAccess narrowed(IndexAccess access, List<IntervalSet> prefix) {
        List<IntervalSet> parts = new ArrayList<>(prefix);
        for (int part = prefix.size(); part < access.index().pattern().length(); part++) {
            parts.add(access.bounds().part(part));
        }
        return access.withBounds(new IndexBounds(parts));
    }

    private Candidate candidate(IndexAccess access, PlanStage stage, boolean isSorted) {
        return new Candidate(
                new CostedPlan(stage, new CostModel(statistics).of(stage)),
                new TreeSet<>(Set.of(access.index().name())),
                access.equalityParts(),
                isSorted);
    }
}
