package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.PlanText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * How good the planner's choices are: every plan of random queries is carried out, and what the
 * chosen one costs is held against the cheapest; costs are counted, not estimated. The figure for
 * {@code query/README.md} comes from a long run: {@code -Dsmilodon.plan.quality.loads=200}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanQualityTest {

    private static final int LOADS = Integer.getInteger("smilodon.plan.quality.loads", 3);
    private static final int DOCUMENTS = 2_000;
    private static final int QUERIES = 50;
    private static final int SAMPLE = 500;

    private final List<String> bad = new ArrayList<>();
    private int count;
    private double chosenCost;
    private double bestCost;

    @Test
    void few_choices_cost_more_than_twice_the_best() {
        for (long seed = 1; seed <= LOADS; seed++) {
            check(seed);
        }
        String report =
                "%d queries: %d choices (%.2f %%) cost more than twice the best; all together"
                                .formatted(count, bad.size(), 100.0 * bad.size() / count)
                        + " %.3f times the best%n".formatted(chosenCost / bestCost);
        assertTrue(
                bad.size() * 100 < count && !Boolean.getBoolean("smilodon.plan.quality.report"),
                () -> report + String.join("\n\n", bad.subList(0, Math.min(15, bad.size()))));
    }

    private void check(long seed) {
        RandomLoad load = new RandomLoad(seed);
        TestCollection collection = new TestCollection();
        int indexes = 2 + load.nextInt(5);
        for (int index = 0; index < indexes; index++) {
            Document specification = load.index();
            boolean isNew =
                    collection.structure().indexes().stream()
                            .noneMatch(
                                    known ->
                                            known.pattern()
                                                    .toDocument()
                                                    .equals(specification.get("key")));
            if (isNew) {
                collection.createIndex(specification);
            }
        }
        for (int id = 0; id < DOCUMENTS; id++) {
            collection.insert(load.document(id));
        }
        for (int query = 0; query < QUERIES; query++) {
            check(load.query(), collection, seed);
        }
    }

    private void check(Query query, TestCollection collection, long seed) {
        PlanChoice choice = QueryPlanner.plan(query, collection.sampled(SAMPLE));
        double chosen = collection.measure(choice.winningPlan()).cost();
        double best = chosen;
        CostedPlan bestPlan = choice.winner();
        for (CostedPlan other : choice.rejected()) {
            double cost = collection.measure(other.stage()).cost();
            if (cost < best) {
                best = cost;
                bestPlan = other;
            }
        }
        count++;
        chosenCost += chosen;
        bestCost += best;
        if (chosen > 2 * best) {
            bad.add(
                    "seed %d: %s chosen %.1f (estimated %.1f)%n%s%nbest %.1f (estimated %.1f)%n%s"
                            .formatted(
                                    seed,
                                    ExtendedJson.write(
                                            query.filter().toDocument(), JsonMode.RELAXED),
                                    chosen,
                                    choice.winner().estimate().total(),
                                    PlanText.tree(choice.winningPlan()),
                                    best,
                                    bestPlan.estimate().total(),
                                    PlanText.tree(bestPlan.stage())));
        }
    }
}
