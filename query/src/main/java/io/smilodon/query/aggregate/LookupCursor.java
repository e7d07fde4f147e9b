package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds for each document of its input those that belong to it, one search each. */
final class LookupCursor implements Cursor {

    private final Cursor input;
    private final Lookup lookup;
    private final StageContext context;
    private long bytes;
    private Document current = Document.EMPTY;

    LookupCursor(Cursor input, Lookup lookup, StageContext context) {
        this.input = input;
        this.lookup = lookup;
        this.context = context;
    }

    @Override
    public boolean advance() {
        release();
        if (!input.advance()) {
            return false;
        }
        Document local = input.current();
        List<Value> found = new ArrayList<>();
        Growth growth = Growth.under(lookup.as().length() + 1);
        try (Cursor foreign = open(local)) {
            while (foreign.advance()) {
                found.add(foreign.current());
                reserve(MemorySize.of(foreign.current()));
                growth.add(foreign.current());
            }
        }
        current = Nested.set(local, lookup.as(), ArrayValue.of(found));
        return true;
    }

    private Cursor open(Document local) {
        Predicate filter =
                lookup.join()
                        .map(join -> JoinFilter.of(join, local))
                        .orElseGet(Predicate::everything);
        if (lookup.correlated().isEmpty()) {
            return context.find(lookup.from(), filter);
        }
        Lookup.Correlated correlated = lookup.correlated().get();
        SplitPipeline split = PipelineRules.split(correlated.pipeline());
        StageContext inner = new InnerContext(context, variables(correlated, local));
        Predicate own = split.front().filter().within(inner.evaluation());
        Predicate pushed = Predicate.all(List.of(filter, own));
        Pipeline rest = split.withoutFilter();
        return rest.open(context.find(lookup.from(), pushed), inner);
    }

    private EvaluationContext variables(Lookup.Correlated correlated, Document local) {
        EvaluationContext outer = context.evaluation().on(local);
        EvaluationContext inner = outer;
        for (Map.Entry<String, Expression> variable : correlated.let().entrySet()) {
            inner = inner.with(variable.getKey(), variable.getValue().evaluate(outer));
        }
        return inner;
    }

    private void reserve(long more) {
        bytes += more;
        context.operation().reserve(lookup.name(), more);
    }

    private void release() {
        context.operation().release(bytes);
        bytes = 0;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        release();
        input.close();
    }

    /** The context of the inner pipeline: the same, with more variables. */
    private record InnerContext(StageContext outer, EvaluationContext evaluation)
            implements StageContext {

        @Override
        public OperationContext operation() {
            return outer.operation();
        }

        @Override
        public Cursor find(String collection, Predicate filter) {
            return outer.find(collection, filter);
        }
    }
}
