package io.smilodon.query.exec;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.CostedPlan;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import io.smilodon.query.plan.UnusedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says how a query is carried out, in the shape of MongoDB's {@code explain}. */
public final class Explain {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Explain() {}

    /**
     * The plan chosen, the plans rejected with their costs, and why each other index is not used.
     *
     * @param namespace database and collection, as in {@code db.people}
     * @param allowed the indexes that the plans could be made of
     */
    public static Document queryPlanner(
            String namespace, Query query, PlanChoice choice, AllowedIndexes allowed) {
        StageRenderer renderer = new StageRenderer(Optional.empty(), isCollated(query));
        List<Value> rejected = new ArrayList<>();
        for (CostedPlan plan : choice.rejected()) {
            rejected.add(costed(plan, renderer));
        }
        List<Value> unused = new ArrayList<>();
        for (UnusedIndex index : choice.unused()) {
            unused.add(
                    Document.builder()
                            .put("index", index.index())
                            .put("code", index.reason().name())
                            .put("reason", index.reason().sentence())
                            .build());
        }
        DocumentBuilder plan =
                Document.builder()
                        .put("namespace", namespace)
                        .put("parsedQuery", query.filter().toDocument())
                        .put("indexFilterSet", allowed.areFiltered())
                        .put("planCacheShapeHash", QueryShape.of(query).hash())
                        .put("planCacheKey", QueryShape.of(query).key());
        if (isCollated(query)) {
            plan.put("collation", query.collation().toDocument());
        }
        return plan.put("winningPlan", costed(choice.winner(), renderer))
                .put("rejectedPlans", ArrayValue.of(rejected))
                .put("unusedIndexes", ArrayValue.of(unused))
                .build();
    }

    /** What a run of the chosen plan to its end did. */
    public static Document executionStats(Query query, PlanChoice choice, ExecutionCounts counts) {
        return Document.builder()
                .put("executionSuccess", true)
                .put("nReturned", number(counts.returned()))
                .put("executionTimeMillis", number(counts.nanos() / NANOS_PER_MILLI))
                .putAll(ran(query, choice.winner(), counts))
                .build();
    }

    /** What a plan did that was tried: the winner or another. */
    public static Document trial(Query query, CostedPlan plan, ExecutionCounts counts) {
        return Document.builder()
                .put("nReturned", number(counts.returned()))
                .put("executionTimeMillisEstimate", number(counts.nanos() / NANOS_PER_MILLI))
                .putAll(ran(query, plan, counts))
                .build();
    }

    private static Document ran(Query query, CostedPlan plan, ExecutionCounts counts) {
        StageRenderer renderer = new StageRenderer(Optional.of(counts), isCollated(query));
        return Document.builder()
                .put("totalKeysExamined", number(counts.totalKeysExamined()))
                .put("totalDocsExamined", number(counts.totalDocumentsExamined()))
                .put("cost", rounded(counts.cost()))
                .put("executionStages", renderer.render(plan.stage()))
                .build();
    }

    /** A counter as MongoDB tells it: an int where it fits. */
    static NumberValue number(long count) {
        return NumberValue.intOrLong(count);
    }

    private static boolean isCollated(Query query) {
        return !query.collation().isSimple();
    }

    private static Document costed(CostedPlan plan, StageRenderer renderer) {
        DocumentBuilder builder = Document.builder().putAll(renderer.render(plan.stage()));
        return builder.put("cost", rounded(plan.estimate().total()))
                .put("estimatedRows", rounded(plan.estimate().rows()))
                .build();
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }

    static String direction(Direction direction) {
        return direction == Direction.FORWARD ? "forward" : "backward";
    }
}
