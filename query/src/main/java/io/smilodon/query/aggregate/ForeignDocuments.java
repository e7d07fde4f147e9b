package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.value.HeldValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code $lookup} finds for one document after the other. What is the same for all of them
 * is searched for once, and kept. Not thread-safe.
 */
final class ForeignDocuments implements AutoCloseable {

    private final Lookup.Search search;
    private final StageContext context;
    private Optional<List<Document>> kept = Optional.empty();
    private final MemoryAccount memory;

    ForeignDocuments(Lookup.Search search, StageContext context) {
        this.search = search;
        this.context = context;
        this.memory = new MemoryAccount(Lookup.NAME, context.operation());
    }

    OperationContext operation() {
        return context.operation();
    }

    /** Whether what it finds is held here, for the next document. */
    boolean isKept() {
        return search.isConstant();
    }

    /** Those that belong to this document. */
    Cursor of(Document local) {
        if (!search.isConstant()) {
            memory.close(); // the search for the document before is over
            return open(local);
        }
        if (kept.isEmpty()) {
            kept = Optional.of(keep(local));
        }
        return new DocumentsCursor(kept.get());
    }

    private List<Document> keep(Document local) {
        List<Document> found = new ArrayList<>();
        try (Cursor cursor = open(local)) {
            while (cursor.advance()) {
                found.add(cursor.current());
                memory.reserve(cursor.current());
            }
        }
        return found;
    }

    private Cursor open(Document local) {
        Predicate filter =
                search.join()
                        .map(join -> JoinFilter.of(join, local, memory))
                        .orElseGet(Predicate::everything);
        return search.foreign().open(filter, variables(local), context);
    }

    private EvaluationContext variables(Document local) {
        return context.evaluation().on(local).withAll(search.let(), this::keepVariable);
    }

    private void keepVariable(Value value) {
        if (HeldValues.isLarge(value)) {
            memory.reserve(value);
        }
    }

    @Override
    public void close() {
        memory.close();
        kept = Optional.empty();
    }
}
