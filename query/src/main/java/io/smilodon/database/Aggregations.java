package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.aggregate.Output;
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
        return parsed.output()
                .map(output -> write(output, parsed, options))
                .orElseGet(() -> open(parsed, options));
    }

    private DocumentCursor write(Output output, Pipeline parsed, AggregateOptions options) {
        Collation collation = queries.collation(namespace, options.collation());
        Outputs outputs = new Outputs(access, namespace.database(), collation);
        return outputs.write(output, () -> open(parsed, options));
    }

    private DocumentCursor open(Pipeline parsed, AggregateOptions options) {
        Hint hint = Hint.parse(options.hint());
        OperationContext operation =
                OperationContext.within(options.maxTimeMillis()).onDiskIf(options.allowsDiskUse());
        Snapshot snapshot = access.snapshot();
        try {
            Views.Source from = queries.resolve(namespace, snapshot);
            operation.under(Collations.of(Collations.named(options.collation()), from));
            SnapshotContext context = SnapshotContext.of(queries, namespace, snapshot, operation);
            OpenRead.Source source = queries.source(from, parsed, hint, context);
            return new DocumentCursor(access, new OpenRead(namespace, source, operation, snapshot));
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }
}
