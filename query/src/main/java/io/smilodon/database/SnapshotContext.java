package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.Diagnostics;
import io.smilodon.query.aggregate.NeededFields;
import io.smilodon.query.aggregate.Pipeline;
import io.smilodon.query.aggregate.Searching;
import io.smilodon.query.aggregate.StageContext;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.plan.Hint;
import io.smilodon.query.plan.Query;
import io.smilodon.query.predicate.Predicate;

/**
 * What the stages of one pipeline share: every one of them reads the same snapshot.
 *
 * @param source what the pipeline begins with; the other collections are in the same database
 * @param evaluation the variables that expressions see
 */
record SnapshotContext(
        Queries queries,
        Namespace source,
        ReadView view,
        OperationContext operation,
        EvaluationContext evaluation)
        implements StageContext {

    /** Without variables of the user. */
    static SnapshotContext of(
            Queries queries, Namespace source, ReadView view, OperationContext operation) {
        EvaluationContext plain = operation.evaluationOn(Document.EMPTY);
        return new SnapshotContext(queries, source, view, operation, plain);
    }

    /** With these variables. */
    SnapshotContext with(BoundVariables variables) {
        EvaluationContext bound = variables.context().under(operation.order());
        return new SnapshotContext(queries, source, view, operation, bound);
    }

    Views.Source resolve(Namespace namespace) {
        return queries.resolve(namespace, view, operation.permit());
    }

    @Override
    public Diagnostics diagnostics() {
        return new CollectionDiagnostics(queries.access(), source, view);
    }

    @Override
    public Diagnostics diagnostics(String collection) {
        Namespace other = new Namespace(source.database(), collection);
        return new CollectionDiagnostics(queries.access(), other, view);
    }

    @Override
    public Searching searching() {
        return new CollectionSearching(queries.access().instance(), source, view, operation);
    }

    @Override
    public Searching searching(String collection) {
        Namespace other = new Namespace(source.database(), collection);
        return new CollectionSearching(queries.access().instance(), other, view, operation);
    }

    @Override
    public Cursor open(Pipeline pipeline) {
        Views.Source from = resolve(source);
        ParsedPipeline whole = from.then(pipeline, Hint.NONE, NeededFields.ALL).within(evaluation);
        return queries.source(from, whole, this).cursor();
    }

    @Override
    public Cursor open(String collection, Pipeline pipeline, EvaluationContext variables) {
        Namespace other = new Namespace(source.database(), collection);
        return new SnapshotContext(queries, other, view, operation, variables).open(pipeline);
    }

    @Override
    public Cursor find(String collection, Predicate filter) {
        return find(collection, filter, NeededFields.ALL);
    }

    @Override
    public Cursor find(String collection, Predicate filter, NeededFields fields) {
        Views.Source from = resolve(new Namespace(source.database(), collection));
        Collations.requireOfView(from, operation.collation());
        OpenRead.Source found =
                from.isView()
                        ? queries.source(from, viewed(from, filter, fields), this)
                        : queries.source(
                                from, ParsedPipeline.needing(fields, Query.of(filter)), this);
        return found.cursor();
    }

    /** What a view shows knows the instant of the operation, and no variables of the user. */
    private ParsedPipeline viewed(Views.Source view, Predicate filter, NeededFields fields) {
        return view.then(Pipeline.of(filter), Hint.NONE, fields)
                .within(operation.evaluationOn(Document.EMPTY));
    }
}
