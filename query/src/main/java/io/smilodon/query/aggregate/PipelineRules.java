package io.smilodon.query.aggregate;

import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.sort.SortPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rewrites a pipeline into one that does the same with less work, and finds the part at its front
 * that a find can do. Results are the same, errors in documents that nobody sees are not.
 */
public final class PipelineRules {

    private PipelineRules() {}

    /** The pipeline as a find and what is left to do on its result, which is returned. */
    public static SplitPipeline split(Pipeline pipeline) {
        return split(pipeline, NeededFields.RESULT);
    }

    /**
     * The same.
     *
     * @param output what somebody looks at of its result
     */
    public static SplitPipeline split(Pipeline pipeline, NeededFields output) {
        List<Stage> stages = optimize(pipeline).stages();
        Front front = Front.EVERYTHING;
        int absorbed = 0;
        if (!stages.isEmpty() && stages.get(0) instanceof GeoNear near) {
            Pipeline rest = new Pipeline(stages, pipeline.readsMetadata());
            return new SplitPipeline(front.withFilter(near.filter()), rest);
        }
        while (absorbed < stages.size()) {
            Optional<Front> larger = absorb(front, stages.get(absorbed));
            if (larger.isEmpty()) {
                break;
            }
            front = larger.get();
            absorbed++;
        }
        Pipeline rest =
                new Pipeline(stages.subList(absorbed, stages.size()), pipeline.readsMetadata());
        return new SplitPipeline(front.withFields(rest.neededFields(output)), rest);
    }

    /** The find with one more stage; empty if it cannot do that. */
    private static Optional<Front> absorb(Front front, Stage stage) {
        boolean isOpen = front.skip() == 0 && front.limit() == 0;
        if (stage instanceof Match match && isOpen && front.sort().isEmpty()) {
            return Optional.of(
                    front.withFilter(Predicate.all(List.of(front.filter(), match.filter()))));
        }
        if (stage instanceof Sort sort && isOpen && front.sort().isEmpty()) {
            return Optional.of(front.withSort(sort.pattern()).withWindow(0, sort.limit()));
        }
        if (stage instanceof Skip skip) {
            return skipped(front, skip.count());
        }
        if (stage instanceof Limit limit) {
            long count =
                    front.limit() == 0 ? limit.count() : Math.min(front.limit(), limit.count());
            return Optional.of(front.withWindow(front.skip(), count));
        }
        return Optional.empty();
    }

    /** Skipping some of a limited number leaves fewer; none at all is not for a find to say. */
    private static Optional<Front> skipped(Front front, long count) {
        boolean leavesNone = front.limit() > 0 && front.limit() <= count;
        if (leavesNone || front.skip() + count < 0) {
            return Optional.empty();
        }
        long limit = front.limit() == 0 ? 0 : front.limit() - count;
        return Optional.of(front.withWindow(front.skip() + count, limit));
    }

    /** The same pipeline with filters as early as they can be, and sorts that know their limit. */
    static Pipeline optimize(Pipeline pipeline) {
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            switch (stage) {
                case Match match -> addFilter(stages, match.filter());
                case Facet facet -> addFacet(stages, facet.optimized());
                default -> stages.add(stage);
            }
        }
        return new Pipeline(
                limitedSorts(mergedWindows(unwoundLookups(stages))), pipeline.readsMetadata());
    }

    /** Adds a filter behind the stages, moving each part of it before those that let it pass. */
    private static void addFilter(List<Stage> stages, Predicate filter) {
        List<Predicate> parts =
                filter instanceof Predicate.And and ? and.children() : List.of(filter);
        SortedMap<Integer, List<Predicate>> byPlace = new TreeMap<>(Comparator.reverseOrder());
        SortedMap<Integer, List<Predicate>> byUnion = new TreeMap<>();
        for (Predicate part : parts) {
            int place = stages.size();
            Predicate moved = part;
            while (place > 0) {
                Stage stage = stages.get(place - 1);
                Optional<Predicate> earlier = earlier(stage, moved);
                if (earlier.isEmpty()) {
                    break;
                }
                moved = earlier.get();
                place--;
                if (stage instanceof UnionWith) {
                    byUnion.computeIfAbsent(place, union -> new ArrayList<>()).add(moved);
                }
            }
            // Behind the filters that stand there already: they keep their order.
            while (place < stages.size() && stages.get(place) instanceof Match) {
                place++;
            }
            byPlace.computeIfAbsent(place, same -> new ArrayList<>()).add(moved);
        }
        byUnion.forEach((place, passing) -> filterUnion(stages, place, passing));
        byPlace.forEach((place, passing) -> insert(stages, place, Predicate.all(passing)));
    }

    private static void filterUnion(List<Stage> stages, int place, List<Predicate> parts) {
        UnionWith union = (UnionWith) stages.get(place);
        stages.set(place, union.filtered(Predicate.all(parts)));
    }

    private static void insert(List<Stage> stages, int place, Predicate filter) {
        if (place > 0 && stages.get(place - 1) instanceof Match match) {
            stages.set(place - 1, new Match(Predicate.all(List.of(match.filter(), filter))));
        } else {
            stages.add(place, new Match(filter));
        }
    }

    /** What to ask before the stage instead of the filter; empty if it stays behind. */
    private static Optional<Predicate> earlier(Stage stage, Predicate filter) {
        if (filter.isChance()) {
            return Optional.empty(); // it is asked as often as its stage sees a document
        }
        if (stage instanceof UnionWith) {
            return Optional.of(filter); // it asks those of the other collection itself
        }
        NeededFields read = FilterFields.of(filter);
        // A filter that reads no field is true or false: not the same before a $facet.
        return read.isWhole() || read.names().isEmpty() ? Optional.empty() : stage.earlier(filter);
    }

    /**
     * What no pipeline of a facet lets pass need not reach it. Filters of constants are left alone.
     */
    private static void addFacet(List<Stage> stages, Facet facet) {
        facet.commonFilter().ifPresent(filter -> addFilter(stages, filter));
        stages.add(facet);
    }

    /** A lookup whose array is taken apart at once does not make it, and takes filters of it in. */
    private static List<Stage> unwoundLookups(List<Stage> stages) {
        List<Stage> rewritten = new ArrayList<>();
        for (Stage stage : stages) {
            Optional<List<Stage>> both =
                    rewritten.isEmpty() ? Optional.empty() : join(rewritten.getLast(), stage);
            if (both.isPresent()) {
                rewritten.removeLast();
                rewritten.addAll(both.get());
            } else {
                rewritten.add(stage);
            }
        }
        return rewritten;
    }

    private static Optional<List<Stage>> join(Stage first, Stage second) {
        if (first instanceof Lookup lookup && second instanceof Unwind unwind) {
            return lookup.unwound(unwind).map(List::of);
        }
        if (first instanceof Lookup lookup && second instanceof Match match) {
            Lookup.Pushed pushed = lookup.push(match.filter());
            boolean isTaken = pushed.rest().equals(Predicate.everything());
            return Optional.of(
                    isTaken
                            ? List.of(pushed.lookup())
                            : List.of(pushed.lookup(), new Match(pushed.rest())));
        }
        return Optional.empty();
    }

    /** One skip for several in a row, and one limit. */
    private static List<Stage> mergedWindows(List<Stage> stages) {
        List<Stage> merged = new ArrayList<>();
        for (Stage stage : stages) {
            Optional<Stage> both =
                    merged.isEmpty() ? Optional.empty() : merge(merged.getLast(), stage);
            if (both.isPresent()) {
                merged.set(merged.size() - 1, both.get());
            } else {
                merged.add(stage);
            }
        }
        return merged;
    }

    private static Optional<Stage> merge(Stage first, Stage second) {
        if (first instanceof Skip one && second instanceof Skip other) {
            boolean fits = one.count() + other.count() >= 0;
            return fits ? Optional.of(new Skip(one.count() + other.count())) : Optional.empty();
        }
        if (first instanceof Limit one && second instanceof Limit other) {
            return Optional.of(new Limit(Math.min(one.count(), other.count())));
        }
        return Optional.empty();
    }

    /** Sorts followed by a limit, perhaps with a skip between, keep only what is wanted. */
    private static List<Stage> limitedSorts(List<Stage> stages) {
        List<Stage> limited = new ArrayList<>(stages);
        for (int i = 0; i < limited.size(); i++) {
            if (limited.get(i) instanceof Sort sort && sort.limit() == 0) {
                limitSort(limited, i, sort.pattern());
            }
        }
        return limited;
    }

    private static void limitSort(List<Stage> stages, int place, SortPattern pattern) {
        boolean hasSkip = place + 1 < stages.size() && stages.get(place + 1) instanceof Skip;
        int limitPlace = hasSkip ? place + 2 : place + 1;
        if (limitPlace >= stages.size() || !(stages.get(limitPlace) instanceof Limit limit)) {
            return;
        }
        long skip = hasSkip ? ((Skip) stages.get(place + 1)).count() : 0;
        if (skip + limit.count() > 0) {
            stages.set(place, new Sort(pattern, skip + limit.count()));
            stages.remove(limitPlace);
        }
    }
}
