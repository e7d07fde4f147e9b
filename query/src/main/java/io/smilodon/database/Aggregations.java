package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.StageContext;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.PlanText;
import io.smilodon.query.plan.PlanChoice;
import io.smilodon.query.plan.Query;
import io.smilodon.query.predicate.Predicate;
import java.util.List;
import java.util.Optional;

/** Runs pipelines over one collection. Thread-safe. */
final class Aggregations {

    private final Instance instance;
    private final Namespace namespace;

    Aggregations(Instance instance, Namespace namespace) {
        this.instance = instance;
        this.namespace = namespace;
    }

    DocumentCursor open(List<Document> pipeline, AggregateOptions options) {
        ParsedPipeline parsed = ParsedPipeline.of(pipeline, options);
        OperationContext operation = OperationContext.within(options.maxTimeMillis());
        Snapshot snapshot = instance.snapshot();
        try {
            SnapshotContext context = new SnapshotContext(snapshot, operation);
            Found front = context.find(namespace, parsed.front());
            Cursor cursor = parsed.rest().open(front.cursor, context);
            return new DocumentCursor(
                    new OpenRead(namespace, cursor, operation, snapshot, front.planSummary));
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }

    private record Found(Cursor cursor, String planSummary) {}

    /** Every stage of a pipeline reads the same snapshot. */
    private final class SnapshotContext implements StageContext {

        private final Snapshot snapshot;
        private final OperationContext operation;

        SnapshotContext(Snapshot snapshot, OperationContext operation) {
            this.snapshot = snapshot;
            this.operation = operation;
        }

        @Override
        public OperationContext operation() {
            return operation;
        }

        @Override
        public Cursor find(String collection, Predicate filter) {
            Namespace other = new Namespace(namespace.database(), collection);
            return find(other, Query.of(filter)).cursor;
        }

        Found find(Namespace collection, Query query) {
            Optional<CollectionEntry> entry = instance.catalog().find(collection, snapshot);
            if (entry.isEmpty()) {
                PlanChoice choice = Queries.planOfNothing(query, collection);
                return new Found(new NoDocuments(), PlanText.summary(choice.winningPlan()));
            }
            PlanChoice choice = instance.queries().plan(query, entry.get(), snapshot);
            Cursor cursor = instance.queries().open(choice, entry.get(), snapshot, operation);
            return new Found(cursor, PlanText.summary(choice.winningPlan()));
        }
    }
}
