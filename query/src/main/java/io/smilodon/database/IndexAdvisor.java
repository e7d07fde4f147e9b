package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexTraits;
import io.smilodon.query.plan.CollectionSample;
import io.smilodon.query.plan.CollectionStructure;
import io.smilodon.query.plan.HelpfulKeys;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.KeyRange;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which indexes would make the recorded queries cheaper: plans each as if there were another
 * index, takes the one that saves most, and goes on from there. Used once.
 */
final class IndexAdvisor {

    /** Shapes of queries that are looked at, those that have cost most. */
    private static final int SHAPES_MAX = 20;

    private static final int KEYS_MAX = 40;
    private static final int ADVICE_MAX = 5;

    /** What saves less of the cost of all recorded queries is not worth an index. */
    private static final double SAVED_SHARE_MIN = 0.05;

    private final CollectionStructure structure;
    private final Optional<CollectionSample> sample;
    private final List<QueryShapes.Use> uses;
    private final List<IndexCandidate> taken = new ArrayList<>();
    private final List<Advice> advice = new ArrayList<>();

    /**
     * An index to create.
     *
     * @param share how much of the expected cost of the recorded queries it saves, 0 to 1
     * @param before what the queries that it helps are expected to cost now, in the unit of the
     *     cost model, all their executions together
     * @param after the same with the index
     * @param helped the shapes of those queries
     */
    record Advice(
            Document key, double share, double before, double after, Set<QueryShapes.Use> helped) {}

    IndexAdvisor(
            CollectionStructure structure,
            Optional<CollectionSample> sample,
            List<QueryShapes.Use> uses) {
        this.structure = structure;
        this.sample = sample;
        this.uses = uses.subList(0, Math.min(SHAPES_MAX, uses.size()));
    }

    List<Advice> advise() {
        Map<QueryShapes.Use, Double> costs = costs(List.of());
        double all = sum(costs);
        Set<Document> keys = keys();
        Optional<Advice> best = best(keys, costs, all);
        while (best.isPresent() && advice.size() < ADVICE_MAX) {
            advice.add(best.get());
            taken.add(supposed(best.get().key()));
            keys.remove(best.get().key());
            best = best(keys, costs(List.of()), all);
        }
        return List.copyOf(advice);
    }

    private Set<Document> keys() {
        Set<Document> keys = new LinkedHashSet<>();
        for (QueryShapes.Use use : uses) {
            for (Document key : HelpfulKeys.of(use.example())) {
                if (keys.size() < KEYS_MAX && isPossible(key)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** Not if there is one, nor where two of its fields are arrays of one document. */
    private boolean isPossible(Document key) {
        try {
            supposed(key);
        } catch (SmilodonException refused) {
            return false;
        }
        return structure.indexes().stream()
                .noneMatch(index -> index.definition().pattern().toDocument().equals(key));
    }

    private IndexCandidate supposed(Document key) {
        IndexDefinition definition = IndexDefinition.parse(Document.of("key", key));
        IndexTraits traits =
                sample.map(known -> known.traits(definition))
                        .orElseGet(() -> IndexTraits.none(definition));
        return new IndexCandidate(definition, traits);
    }

    private Optional<Advice> best(
            Set<Document> keys, Map<QueryShapes.Use, Double> before, double all) {
        Optional<Advice> best = Optional.empty();
        for (Document key : keys) {
            Advice found = advice(key, before, all);
            boolean isBetter = best.isEmpty() || found.share > best.get().share;
            if (found.share >= SAVED_SHARE_MIN && isBetter) {
                best = Optional.of(found);
            }
        }
        return best;
    }

    private Advice advice(Document key, Map<QueryShapes.Use, Double> before, double all) {
        Map<QueryShapes.Use, Double> after = costs(List.of(supposed(key)));
        Set<QueryShapes.Use> helped = new LinkedHashSet<>();
        double costBefore = 0;
        double costAfter = 0;
        for (QueryShapes.Use use : uses) {
            if (after.get(use) < before.get(use) * (1 - SAVED_SHARE_MIN)) {
                helped.add(use);
                costBefore += before.get(use);
                costAfter += after.get(use);
            }
        }
        double share = all == 0 ? 0 : (costBefore - costAfter) / all;
        return new Advice(key, share, costBefore, costAfter, helped);
    }

    /** What all executions of each shape are expected to cost with other indexes besides. */
    private Map<QueryShapes.Use, Double> costs(List<IndexCandidate> others) {
        List<IndexCandidate> supposed = new ArrayList<>(taken);
        supposed.addAll(others);
        Map<QueryShapes.Use, Double> costs = new LinkedHashMap<>();
        for (QueryShapes.Use use : uses) {
            costs.put(use, cost(use, structure.supposing(supposed)) * use.count());
        }
        return costs;
    }

    /** What one query is expected to cost; nothing if it cannot be planned any more. */
    private static double cost(QueryShapes.Use use, CollectionStructure supposed) {
        try {
            Query query = use.example().withHint(Hint.NONE).withRange(KeyRange.ALL);
            return QueryPlanner.plan(query, supposed).winner().estimate().total();
        } catch (SmilodonException refused) {
            return 0; // an index that it cannot do without has been dropped
        }
    }

    private static double sum(Map<QueryShapes.Use, Double> costs) {
        return costs.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
