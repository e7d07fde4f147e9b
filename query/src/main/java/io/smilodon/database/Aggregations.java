package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.StageContext;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.plan.Query;
import io.smilodon.query.predicate.Predicate;
import java.util.List;

/** Runs pipelines over one collection. As safe as its access. */
final class Aggregations {

    private final Access access;
    private final Queries queries;
    private final Namespace namespace;

    Aggregations(Access access, Namespace namespace) {
        this.access = access;
        this.queries = new Queries(access);
        this.namespace = namespace;
    }

    /** The result; nothing if the last stage writes it, which is done then. */
    DocumentCursor open(List<Document> pipeline, AggregateOptions options) {
        ParsedPipeline parsed = ParsedPipeline.of(pipeline, options);
        Outputs outputs = new Outputs(access, namespace.database());
        return parsed.rest()
                .output()
                .map(output -> outputs.write(output, () -> open(parsed, options)))
                .orElseGet(() -> open(parsed, options));
    }

    private DocumentCursor open(ParsedPipeline parsed, AggregateOptions options) {
        OperationContext operation =
                OperationContext.within(options.maxTimeMillis()).onDiskIf(options.allowsDiskUse());
        Snapshot snapshot = access.snapshot();
        try {
            StageContext context = new SnapshotContext(snapshot, operation);
            OpenRead.Source front = queries.source(namespace, parsed.front(), snapshot, operation);
            Cursor cursor = openStages(parsed, front.cursor(), context);
            OpenRead.Source source = new OpenRead.Source(cursor, front.planSummary());
            return new DocumentCursor(access, new OpenRead(namespace, source, operation, snapshot));
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }

    private static Cursor openStages(ParsedPipeline parsed, Cursor front, StageContext context) {
        try {
            return parsed.rest().open(front, context);
        } catch (RuntimeException failure) {
            front.close();
            throw failure;
        }
    }

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
            return queries.source(other, Query.of(filter), snapshot, operation).cursor();
        }
    }
}
