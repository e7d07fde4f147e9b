package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.query.aggregate.ExplainedStages;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.exec.Explain;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.PlanExecutor;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells how queries of one collection would be carried out. As safe as its access. */
final class Explanations {

    private final Access access;
    private final Queries queries;
    private final Namespace namespace;

    Explanations(Access access, Namespace namespace) {
        this.access = access;
        this.queries = new Queries(access);
        this.namespace = namespace;
    }

    Document ofFind(FindRequest request, Verbosity verbosity) {
        Queries.Parsed parsed = queries.parse(request);
        return explain(parsed.query(), parsed.operation(), verbosity);
    }

    /** The plan of the pipeline's front, and the stages that work on what it finds. */
    Document ofPipeline(List<Document> pipeline, AggregateOptions options, Verbosity verbosity) {
        ParsedPipeline parsed = ParsedPipeline.of(pipeline, options);
        OperationContext operation =
                OperationContext.within(options.maxTimeMillis()).onDiskIf(options.allowsDiskUse());
        Document front = explain(parsed.front(), operation, verbosity);
        List<Document> stages = new ArrayList<>();
        stages.add(Document.of("$cursor", front));
        stages.addAll(ExplainedStages.behindFront(pipeline, Location.ROOT.child("pipeline")));
        return Document.builder()
                .put("stages", ArrayValue.of(stages))
                .put("pipeline", ArrayValue.of(pipeline))
                .put("stagesAfterCursor", parsed.rest().stages().size())
                .build();
    }

    private Document explain(Query query, OperationContext operation, Verbosity verbosity) {
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = access.instance().catalog().find(namespace, snapshot);
            PlanChoice choice =
                    entry.map(found -> queries.plan(query, found, snapshot))
                            .orElseGet(() -> Queries.planOfNothing(query, namespace));
            DocumentBuilder answer =
                    Document.builder()
                            .put(
                                    "queryPlanner",
                                    Explain.queryPlanner(namespace.toString(), query, choice));
            if (verbosity == Verbosity.EXECUTION_STATS) {
                ExecutionCounts counts =
                        entry.map(
                                        found ->
                                                PlanExecutor.measure(
                                                        choice.winningPlan(),
                                                        new StoredView(found, snapshot),
                                                        operation))
                                .orElse(new ExecutionCounts(0, 0, Map.of()));
                answer.put("executionStats", Explain.executionStats(choice, counts));
            }
            return answer.build();
        }
    }
}
