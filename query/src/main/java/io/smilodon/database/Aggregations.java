package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.plan.Hint;
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

    static Pipeline parse(List<Document> pipeline) {
        return Pipeline.parse(ArrayValue.of(pipeline), Location.ROOT.child("pipeline"));
    }

    /** The result; nothing if the last stage writes it, which is done then. */
    DocumentCursor open(List<Document> pipeline, AggregateOptions options) {
        Pipeline parsed = parse(pipeline);
        Outputs outputs = new Outputs(access, namespace.database());
        return parsed.output()
                .map(output -> outputs.write(output, () -> open(parsed, options)))
                .orElseGet(() -> open(parsed, options));
    }

    private DocumentCursor open(Pipeline parsed, AggregateOptions options) {
        Hint hint = Hint.parse(options.hint());
        OperationContext operation =
                OperationContext.within(options.maxTimeMillis()).onDiskIf(options.allowsDiskUse());
        Snapshot snapshot = access.snapshot();
        try {
            SnapshotContext context = SnapshotContext.of(queries, namespace, snapshot, operation);
            OpenRead.Source source =
                    queries.source(context.resolve(namespace), parsed, hint, context);
            return new DocumentCursor(access, new OpenRead(namespace, source, operation, snapshot));
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }
}
