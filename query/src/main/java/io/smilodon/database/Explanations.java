package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.aggregate.ExplainedStages;
import io.smilodon.query.aggregate.MeasuredCursor;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.exec.Explain;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.PlanExecutor;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.CostedPlan;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tells how queries of one collection would be carried out. As safe as its access. */
final class Explanations {

    /** Rejected plans that are tried, and how many documents each is to give; as in MongoDB. */
    private static final int TRIED_MAX = 10;

    private static final long TRIED_RESULTS = 101;

    private final Access access;
    private final Queries queries;
    private final Namespace namespace;

    Explanations(Access access, Namespace namespace) {
        this.access = access;
        this.queries = new Queries(access);
        this.namespace = namespace;
    }

    /**
     * @param shape that of the request, if settings may be about it
     */
    Document ofFind(Queries.Parsed parsed, Optional<RequestShape> shape, Verbosity verbosity) {
        Settled settled = settled(shape);
        OperationContext operation = parsed.operation(access).allowing(settled.allowed());
        try (Snapshot snapshot = access.snapshot()) {
            Views.Source from = queries.resolve(namespace, snapshot);
            operation.under(Collations.of(parsed.collation(), from));
            Asked asked =
                    new Asked(from, snapshot, operation, verbosity, parsed.variables(), settled);
            if (!from.isView()) {
                return named(shape, explain(parsed.query(), asked));
            }
            Pipeline own = parsed.pipeline();
            return named(shape, explain(parsed.stages(), own, parsed.query().hint(), asked));
        } finally {
            operation.end();
        }
    }

    private Settled settled(Optional<RequestShape> shape) {
        return shape.map(known -> access.instance().querySettings().of(namespace, () -> known))
                .orElse(Settled.NOTHING);
    }

    private static Document named(Optional<RequestShape> shape, Document told) {
        return shape.map(
                        known ->
                                Document.builder()
                                        .put("queryShapeHash", known.hash())
                                        .putAll(told)
                                        .build())
                .orElse(told);
    }

    /**
     * The plan by which a write finds its documents, and what it would do to them.
     *
     * @param query in a collection that is no view
     * @param tally counts that where values compare in an order
     */
    Document ofWrite(
            Queries.Parsed query, Function<ValueOrder, WriteTally> tally, Verbosity verbosity) {
        OperationContext operation = query.operation(access);
        try (Snapshot snapshot = access.snapshot()) {
            Views.Source from = queries.resolve(namespace, snapshot);
            operation.under(Collations.of(query.collation(), from));
            Asked asked =
                    new Asked(
                            from,
                            snapshot,
                            operation,
                            verbosity,
                            query.variables(),
                            Settled.NOTHING);
            WriteTally counting = tally.apply(operation.order());
            return counting.around(explain(query.query(), asked, Optional.of(counting::add)));
        } finally {
            operation.end();
        }
    }

    /** The plan of the pipeline's front, and the stages that work on what it finds. */
    Document ofPipeline(List<Document> pipeline, AggregateOptions options, Verbosity verbosity) {
        BoundVariables variables = Queries.variables(options.let());
        Pipeline own = Aggregations.parse(pipeline, namespace, variables, queries);
        Optional<RequestShape> shape =
                Optional.of(RequestShape.ofPipeline(namespace, pipeline, options));
        Settled settled = settled(shape);
        OperationContext operation =
                access.instance()
                        .operationBudget()
                        .begin(options.maxTimeMillis(), variables)
                        .onDiskIf(options.allowsDiskUse())
                        .allowing(settled.allowed());
        try (Snapshot snapshot = access.snapshot()) {
            Views.Source from = queries.resolve(namespace, snapshot);
            operation.under(Collations.of(Collations.named(options.collation()), from));
            Asked asked = new Asked(from, snapshot, operation, verbosity, variables, settled);
            return named(shape, explain(pipeline, own, Hint.parse(options.hint()), asked));
        } finally {
            operation.end();
        }
    }

    /** What is asked, and of which state. */
    private record Asked(
            Views.Source from,
            ReadView view,
            OperationContext operation,
            Verbosity verbosity,
            BoundVariables variables,
            Settled settled) {}

    private Document explain(List<Document> written, Pipeline own, Hint hint, Asked asked) {
        List<Document> pipeline = new ArrayList<>(asked.from.pipeline());
        pipeline.addAll(written);
        Pipeline whole = asked.from.parsed().then(own);
        ParsedPipeline parsed =
                ParsedPipeline.of(whole, hint)
                        .within(asked.variables.context().under(asked.operation.order()));
        if (!parsed.isSelfContained() && parsed.rest().stages().isEmpty()) {
            return explain(parsed.front(), asked); // as a find, which is all that it is
        }
        List<Document> stages = new ArrayList<>();
        if (!parsed.isSelfContained()) {
            stages.add(Document.of("$cursor", explain(parsed.front(), asked)));
        }
        SnapshotContext context =
                SnapshotContext.of(queries, asked.from.namespace(), asked.view, asked.operation)
                        .with(asked.variables);
        boolean isRun = asked.verbosity.isExecuted();
        stages.addAll(
                ExplainedStages.withCounts(
                        ExplainedStages.behindFront(pipeline, whole, context, isRun),
                        isRun ? measured(parsed, asked, context) : List.of()));
        return Document.builder()
                .put("stages", ArrayValue.of(stages))
                .put("pipeline", ArrayValue.of(pipeline))
                .put("stagesAfterCursor", parsed.rest().stages().size())
                .build();
    }

    /** What the stages behind a find did; of those that write or bring documents along nothing. */
    private List<MeasuredCursor> measured(
            ParsedPipeline parsed, Asked asked, SnapshotContext context) {
        Pipeline rest = parsed.rest();
        if (parsed.isSelfContained() || rest.output().isPresent()) {
            return List.of();
        }
        return rest.measure(front(parsed.front(), asked), context);
    }

    private Cursor front(Query written, Asked asked) {
        Query query = written.withCollation(asked.operation.collation());
        if (asked.from.entry().isEmpty()) {
            return new NoDocuments();
        }
        CollectionEntry entry = asked.from.entry().get();
        AllowedIndexes allowed = queries.plans().allowed(query, entry, asked.operation);
        PlanStage plan =
                queries.plans().chooseAnew(query, entry, asked.view, allowed).winningPlan();
        StoredView stored = new StoredView(entry, asked.view);
        Cursor found = PlanExecutor.open(plan, stored, asked.operation);
        return Queries.shown(query, found, plan, stored);
    }

    private Document explain(Query written, Asked asked) {
        return explain(written, asked, Optional.empty());
    }

    /**
     * @param seen takes each document that is found
     */
    private Document explain(Query written, Asked asked, Optional<Consumer<Document>> seen) {
        Query query = written.withCollation(asked.operation.collation());
        Namespace source = asked.from.namespace();
        Optional<CollectionEntry> entry = asked.from.entry();
        AllowedIndexes allowed =
                entry.map(found -> queries.plans().allowed(query, found, asked.operation))
                        .orElse(AllowedIndexes.ALL);
        PlanChoice choice =
                entry.map(found -> queries.plans().chooseAnew(query, found, asked.view, allowed))
                        .orElseGet(() -> Plans.ofNothing(query, source));
        Document planner = Explain.queryPlanner(source.toString(), query, choice, allowed);
        Document settings = asked.settled.settings();
        DocumentBuilder answer =
                Document.builder()
                        .put(
                                "queryPlanner",
                                settings.isEmpty()
                                        ? planner
                                        : planner.with("querySettings", settings));
        if (asked.verbosity.isExecuted()) {
            ExecutionCounts counts =
                    entry.map(found -> run(choice.winningPlan(), found, asked, seen))
                            .orElse(new ExecutionCounts(0, 0, List.of()));
            Document stats = Explain.executionStats(query, choice, counts);
            answer.put(
                    "executionStats",
                    asked.verbosity == Verbosity.ALL_PLANS_EXECUTION
                            ? stats.with("allPlansExecution", trials(query, choice, asked))
                            : stats);
        }
        return answer.build();
    }

    /** The winner and the cheapest of the others, each until it has given some documents. */
    private static ArrayValue trials(Query query, PlanChoice choice, Asked asked) {
        List<Value> trials = new ArrayList<>();
        if (asked.from.entry().isPresent() && !choice.rejected().isEmpty()) {
            List<CostedPlan> plans = new ArrayList<>(List.of(choice.winner()));
            choice.rejected().stream().limit(TRIED_MAX).forEach(plans::add);
            for (CostedPlan plan : plans) {
                ExecutionCounts counts =
                        measure(plan.stage(), asked.from.entry().get(), asked, TRIED_RESULTS);
                trials.add(Explain.trial(query, plan, counts));
            }
        }
        return ArrayValue.of(trials);
    }

    private static ExecutionCounts run(
            PlanStage plan, CollectionEntry entry, Asked asked, Optional<Consumer<Document>> seen) {
        StoredView stored = new StoredView(entry, asked.view);
        return seen.isPresent()
                ? PlanExecutor.measure(plan, stored, asked.operation, seen.get())
                : PlanExecutor.measure(plan, stored, asked.operation);
    }

    private static ExecutionCounts measure(
            PlanStage plan, CollectionEntry entry, Asked asked, long resultsMax) {
        StoredView stored = new StoredView(entry, asked.view);
        return PlanExecutor.measure(plan, stored, asked.operation, resultsMax);
    }
}
