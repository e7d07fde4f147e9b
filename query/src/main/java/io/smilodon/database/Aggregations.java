package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Output;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.PipelinePlace;
import io.smilodon.query.aggregate.PipelineScope;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.Hint;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs pipelines over one collection. As safe as its access. */
final class Aggregations {

    private final Access access;
    private final CollectionWrites writes;
    private final Queries queries;
    private final Namespace namespace;

    /**
     * @param writes those of the collection: what a pipeline writes elsewhere keeps the same rules
     */
    Aggregations(Access access, CollectionWrites writes) {
        this.access = access;
        this.writes = writes;
        this.queries = new Queries(access);
        this.namespace = writes.namespace();
    }

    /**
     * Reads a pipeline over a collection, or over none.
     *
     * @param queries find out what views know of their documents
     * @throws SmilodonException {@code InvalidNamespace} if it brings its documents along and there
     *     is a collection
     */
    static Pipeline parse(
            List<Document> pipeline,
            Namespace namespace,
            BoundVariables variables,
            Queries queries) {
        Location place = Location.ROOT.child("pipeline");
        PipelineScope scope =
                PipelineScope.at(place, PipelinePlace.COMMAND)
                        .knowing(queries.found(namespace, pipeline));
        Pipeline parsed = Pipeline.parse(ArrayValue.of(pipeline), scope.with(variables));
        boolean hasCollection = !namespace.collection().equals(Database.NO_COLLECTION);
        if (hasCollection && parsed.bringsDocuments()) {
            throw new SmilodonException(
                            ErrorCode.INVALID_NAMESPACE,
                            "'$documents' can only be run with {aggregate: 1}",
                            Map.of("namespace", namespace))
                    .at(place.child(0).child("$documents"))
                    .withHint("run it on the database");
        }
        return parsed;
    }

    /** The result; nothing if the last stage writes it, which is done then. */
    DocumentCursor open(List<Document> pipeline, AggregateOptions options) {
        BoundVariables variables = Queries.variables(options.let());
        Pipeline parsed = parse(pipeline, namespace, variables, queries);
        Settled settled =
                queries.settled(
                        namespace, () -> RequestShape.ofPipeline(namespace, pipeline, options));
        settled.check();
        Supplier<DocumentCursor> result = () -> open(parsed, options, variables, settled.allowed());
        return parsed.output()
                .map(output -> write(output, result, options, variables))
                .orElseGet(result);
    }

    private DocumentCursor write(
            Output output,
            Supplier<DocumentCursor> result,
            AggregateOptions options,
            BoundVariables variables) {
        Collation collation = queries.collation(namespace, options.collation());
        return new Outputs(access, writes, collation, variables.context()).write(output, result);
    }

    private DocumentCursor open(
            Pipeline parsed,
            AggregateOptions options,
            BoundVariables variables,
            Map<String, AllowedIndexes> allowed) {
        Hint hint = Hint.parse(options.hint());
        OperationContext operation =
                access.instance()
                        .operationBudget()
                        .begin(options.maxTimeMillis(), variables)
                        .onDiskIf(options.allowsDiskUse())
                        .allowing(allowed);
        return new OpenRead.Place(access, namespace)
                .open(
                        operation,
                        snapshot -> {
                            Views.Source from = queries.resolve(namespace, snapshot);
                            operation.under(
                                    Collations.of(Collations.named(options.collation()), from));
                            SnapshotContext context =
                                    SnapshotContext.of(queries, namespace, snapshot, operation)
                                            .with(variables);
                            ParsedPipeline whole =
                                    from.then(parsed, hint).within(context.evaluation());
                            whole.rest()
                                    .refusedInTransactions()
                                    .ifPresent(access::requireNoTransaction);
                            return new OpenRead.Found(from, queries.source(from, whole, context));
                        });
    }
}
