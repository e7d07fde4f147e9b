package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.exec.AnnotatingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.exec.ReturnedKeys;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.metadata.MetadataKind;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.PlanStage;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.Query.Output.OneOfEach.Wanted;
import io.smilodon.query.predicate.Near;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.predicate.TextTest;
import io.smilodon.query.projection.Projection;
import io.smilodon.query.projection.ProjectionParser;
import io.smilodon.query.sort.SortPattern;
import io.smilodon.security.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Parses requests, plans them and opens what carries them out. As safe as its access. */
final class Queries {

    private final Access access;
    private final Instance instance;
    private final Plans plans;

    Queries(Access access) {
        this.access = access;
        this.instance = access.instance();
        this.plans = new Plans(access);
    }

    Plans plans() {
        return plans;
    }

    Access access() {
        return access;
    }

    /**
     * A request that has been read.
     *
     * @param request as the user made it
     * @param query what the planner takes
     * @param collation the one that the request names
     * @param variables those of the request, and its instant
     */
    record Parsed(
            FindRequest request,
            Query query,
            Optional<Collation> collation,
            BoundVariables variables) {

        Predicate filter() {
            return query.filter();
        }

        OperationContext operation(Access access) {
            return operation(access, variables);
        }

        /** The same as a part of an operation that holds the variables. */
        OperationContext part(Access access) {
            return operation(access, BoundVariables.none(variables.now()));
        }

        private OperationContext operation(Access access, BoundVariables held) {
            return access.instance()
                    .operationBudget()
                    .begin(request.maxTimeMillis(), held)
                    .onDiskIf(request.allowsDiskUse());
        }

        /** The same as a pipeline; {@code InvalidPipelineOperator} for what none can do. */
        Pipeline pipeline() {
            if (!query.range().isAll()) {
                throw notForPipelines(query.range().min().isEmpty() ? "max" : "min");
            }
            if (request.returnsKeys()) {
                throw notForPipelines("returnKey");
            }
            if (request.showsRecordIds()) {
                throw notForPipelines("showRecordId");
            }
            List<Document> others = stages().subList(1, stages().size());
            PipelineScope scope = PipelineScope.at(Location.ROOT, PipelinePlace.COMMAND);
            try {
                return Pipeline.of(filter())
                        .then(Pipeline.parse(ArrayValue.of(others), scope.with(variables)));
            } catch (SmilodonException failure) {
                Location stage = Location.ROOT.child(others.size() - 1).child("$project");
                throw failure.moved(stage, Location.ROOT.child("projection"));
            }
        }

        private static SmilodonException notForPipelines(String option) {
            return new SmilodonException(
                            ErrorCode.INVALID_PIPELINE_OPERATOR,
                            "Option not supported in aggregation",
                            Map.of("option", option))
                    .at(Location.ROOT.child(option));
        }

        /** The stages of the same as a pipeline. */
        List<Document> stages() {
            List<Document> stages = new ArrayList<>();
            stages.add(Document.of("$match", request.filter()));
            if (query.sort().isPresent()) {
                stages.add(Document.of("$sort", request.sort()));
            }
            if (request.skip() > 0) {
                stages.add(Document.of("$skip", Value.of(request.skip())));
            }
            if (request.limit() > 0) {
                stages.add(Document.of("$limit", Value.of(request.limit())));
            }
            if (!request.projection().isEmpty()) {
                stages.add(Document.of("$project", request.projection()));
            }
            return stages;
        }

        /** The same request; only the number of documents matters. */
        Parsed counted() {
            return new Parsed(request, query.counted(), collation, variables);
        }

        /** The same request; of the documents with the same value at the path, one is enough. */
        Parsed distinct(FieldPath path) {
            return new Parsed(request, query.oneOfEach(path, Wanted.VALUE), collation, variables);
        }

        /** The same for documents that chance has selected already. */
        Parsed withoutChance() {
            Query settled = query.withFilter(query.filter().withoutChance());
            return new Parsed(request, settled, collation, variables);
        }

        /** The same on this collection, whose collation it has unless it names one. */
        Parsed on(CollectionEntry entry) {
            Query ordered = query.withCollation(collation(entry));
            return new Parsed(request, ordered, collation, variables);
        }

        /** How strings compare in it on this collection. */
        Collation collation(CollectionEntry entry) {
            return collation.orElse(entry.collation());
        }
    }

    /** Reads a request, whether its collection exists or not: mistakes in it are errors anyway. */
    Parsed parse(FindRequest request) {
        return parse(request, variables(request.let()));
    }

    /** The same as a part of an operation, which has these variables. */
    Parsed parse(FindRequest request, BoundVariables variables) {
        Predicate filter = parseFilter(request.filter(), variables);
        Query query =
                Query.of(filter)
                        .withSkip(request.skip())
                        .withLimit(request.limit())
                        .withHint(Hint.parse(request.hint()))
                        .withRange(request.range());
        Location place = Location.ROOT.child("sort");
        if (request.sort().has(Hint.NATURAL)) {
            query = query.withHint(query.hint().inNaturalOrder(request.sort(), place));
        } else if (!request.sort().isEmpty()) {
            query = query.withSort(SortPattern.parse(request.sort(), place));
        }
        requireSearched(request.sort(), filter, "sort");
        requireSearched(request.projection(), filter, "projection");
        if (!request.projection().isEmpty()) {
            Document written = request.projection();
            requireSortKey(request);
            query = query.withProjection(parseProjection(written, filter, variables), written);
        }
        return new Parsed(
                request,
                request.returnsKeys() ? query.returningKeys() : query,
                Collations.named(request.collation()),
                variables);
    }

    /** Refuses a request for what is known only of searches, where there is none. */
    private static void requireSearched(Document asking, Predicate filter, String place) {
        if (asking.isEmpty()) {
            return;
        }
        requireKnown(asking, MetadataKind.TEXT_SCORE, TextTest.in(filter).isPresent(), place);
        boolean isNear = Near.isIn(filter);
        requireKnown(asking, MetadataKind.GEO_NEAR_DISTANCE, isNear, place);
        requireKnown(asking, MetadataKind.GEO_NEAR_POINT, isNear, place);
    }

    private static void requireKnown(
            Document asking, MetadataKind kind, boolean isKnown, String place) {
        if (!isKnown && kind.isReadBy(asking)) {
            throw kind.unavailable().at(Location.ROOT.child(place));
        }
    }

    private static void requireSortKey(FindRequest request) {
        if (request.sort().isEmpty()
                && !MetadataKind.SORT_KEY.fieldsOf(request.projection()).isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "cannot use sortKey $meta projection without a sort")
                    .at(Location.ROOT.child("projection"));
        }
    }

    /** The variables of an operation, to be asked for once: they have its instant. */
    static BoundVariables variables(Document let) {
        return BoundVariables.parse(let, Location.ROOT.child("let"), OperationScope.instant());
    }

    /** An operation that holds variables, and whose parts are others. */
    OperationContext holding(BoundVariables variables) {
        return instance.operationBudget().begin(0, variables);
    }

    static Predicate parseFilter(Document filter, BoundVariables variables) {
        Location place = Location.ROOT.child("filter");
        return PredicateParser.parseQuery(filter, place, variables.names())
                .within(variables.context());
    }

    static Projection parseProjection(
            Document specification, Predicate filter, BoundVariables variables) {
        Location place = Location.ROOT.child("projection");
        return ProjectionParser.forFind(specification, place, filter, variables);
    }

    /** What is settled of requests of a shape, which this one is of. */
    Settled settled(Namespace namespace, Supplier<RequestShape> shape) {
        OperationScope.isOfShape(() -> shape.get().hash());
        return instance.querySettings().of(namespace, shape);
    }

    /** How strings compare for an operation on a collection, whether it exists or not. */
    Collation collation(Namespace namespace, Document named) {
        try (Snapshot snapshot = access.snapshot()) {
            return Collations.named(named).orElse(resolve(namespace, snapshot).collation());
        }
    }

    /** The first document that matches, as the transaction sees it, which holds the variables. */
    Optional<Document> first(Parsed parsed, CollectionWriter writer) {
        Query query = parsed.on(writer.entry()).query();
        OperationContext operation = parsed.part(access).under(query.collation());
        Plans.Planned planned = plans.choose(query, writer.entry(), writer.view(), operation);
        try (Cursor cursor = plans.open(planned, writer.entry(), writer.view(), operation)) {
            return cursor.advance() ? Optional.of(cursor.current()) : Optional.empty();
        }
    }

    /** The document with this id, as the transaction sees it. */
    Optional<StoredDocument> findById(Value id, CollectionWriter writer) {
        instance.indexUses().countIdLookup(writer.entry().id());
        Optional<StoredDocument> found = writer.find(id);
        OperationScope.lookedUp(found.isPresent());
        return found;
    }

    /**
     * Opens a find on the state that is read.
     *
     * @param settled of such requests
     */
    DocumentCursor find(Namespace namespace, Parsed parsed, Settled settled) {
        settled.check();
        OperationContext operation = parsed.operation(access).allowing(settled.allowed());
        return new OpenRead.Place(access, namespace)
                .open(
                        operation,
                        snapshot -> {
                            SnapshotContext context =
                                    new SnapshotContext(
                                            this,
                                            namespace,
                                            snapshot,
                                            operation,
                                            parsed.variables().context());
                            Views.Source from = context.resolve(namespace);
                            operation.under(Collations.of(parsed.collation(), from));
                            OpenRead.Source source =
                                    from.isView()
                                            ? source(from, parsed, context)
                                            : RecordNumbers.of(
                                                    parsed,
                                                    query -> source(from, query, context),
                                                    operation);
                            return new OpenRead.Found(from, source);
                        });
    }

    /**
     * What the view of this name finds out about its documents, for a pipeline that asks for it.
     */
    Set<MetadataKind> found(Namespace namespace, List<Document> pipeline) {
        if (!MetadataKind.isReadIn(ArrayValue.of(pipeline))) {
            return Set.of();
        }
        try (Snapshot snapshot = access.snapshot()) {
            return resolve(namespace, snapshot).parsed().foundMetadata();
        }
    }

    /** What the request of this thread sees under a name. */
    Views.Source resolve(Namespace namespace, ReadView view) {
        return resolve(namespace, view, OperationScope.permit());
    }

    Views.Source resolve(Namespace namespace, ReadView view, Permit permit) {
        return Views.resolve(namespace, instance.catalog(), view, permit);
    }

    /** The documents that a query finds in the collection, and how they are found. */
    OpenRead.Source source(Views.Source from, Query asked, SnapshotContext context) {
        Query query = asked.withCollation(context.operation().collation());
        if (from.entry().isEmpty()) {
            PlanChoice none = Plans.ofNothing(query, from.namespace());
            return new OpenRead.Source(
                    new NoDocuments(), () -> PlanText.summary(none.winningPlan()));
        }
        CollectionEntry entry = from.entry().get();
        Plans.Planned planned = plans.choose(query, entry, context.view(), context.operation());
        Cursor found = plans.open(planned, entry, context.view(), context.operation());
        StoredView stored = new StoredView(entry, context.view());
        Cursor cursor = shown(query, found, planned.plan(), stored);
        return new OpenRead.Source(cursor, () -> PlanText.summary(planned.plan()));
    }

    static Cursor shown(Query query, Cursor found, PlanStage plan, StoredView view) {
        return switch (query.output()) {
            case Query.Output.Keys keys -> new ReturnedKeys(found, plan);
            case Query.Output.Annotated known ->
                    AnnotatingCursor.found(found, plan, view, query.sort());
            case Query.Output.OneOfEach one -> found;
            case Query.Output.Whole whole -> found;
            case Query.Output.Needed needed -> found;
            case Query.Output.Projected projected -> found;
            case Query.Output.Counted counted -> found;
        };
    }

    private OpenRead.Source source(Views.Source view, Parsed parsed, SnapshotContext context) {
        Hint hint = parsed.query().hint();
        SnapshotContext seeing = context.with(parsed.variables());
        ParsedPipeline whole = view.then(parsed.pipeline(), hint).within(seeing.evaluation());
        return source(view, whole, seeing);
    }

    /** What the pipeline makes of the collection's documents. */
    OpenRead.Source source(Views.Source from, ParsedPipeline parsed, SnapshotContext context) {
        OpenRead.Source front =
                parsed.isSelfContained()
                        ? new OpenRead.Source(
                                new NoDocuments(), () -> parsed.rest().stages().getFirst().name())
                        : source(from, parsed.front(), context);
        try {
            Cursor cursor = parsed.rest().open(front.cursor(), context);
            return new OpenRead.Source(cursor, front.planSummary());
        } catch (RuntimeException failure) {
            front.cursor().close();
            throw failure;
        }
    }
}
