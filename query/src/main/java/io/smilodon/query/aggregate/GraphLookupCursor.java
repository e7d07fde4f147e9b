package io.smilodon.query.aggregate;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.predicate.Exists;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches the graph from each document of its input, breadth first, one search of the collection
 * for each step. A value is searched for once and a document found once, so circles end.
 */
final class GraphLookupCursor implements Cursor {

    private static final ErrorCode WITHOUT_ID = ErrorCode.location(40271);

    private final Cursor input;
    private final GraphLookup lookup;
    private final GraphLookup.Edges edges;
    private final StageContext context;
    private final MemoryAccount memory;
    private Document current = Document.EMPTY;

    GraphLookupCursor(Cursor input, GraphLookup lookup, StageContext context) {
        this.input = input;
        this.lookup = lookup;
        this.edges = lookup.edges();
        this.context = context;
        this.memory = new MemoryAccount(GraphLookup.NAME, context.operation());
    }

    @Override
    public boolean advance() {
        memory.close();
        if (!input.advance()) {
            return false;
        }
        Document local = input.current();
        Value start = lookup.startWith().evaluate(context.evaluation().on(local));
        current = Nested.set(local, lookup.as(), ArrayValue.of(new Search().from(start)));
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        memory.close();
        input.close();
    }

    /** What one document leads to. */
    private final class Search {

        private final Set<Value> asked = new TreeSet<>(Steps.counted(context.order()));
        private final Set<Value> ids = new TreeSet<>(Steps.counted(ValueOrder.ASCENDING));
        private final List<Value> found = new ArrayList<>();
        private final Growth growth = Growth.under(lookup.as().length() + 1);
        private List<Value> next = new ArrayList<>();

        List<Value> from(Value start) {
            if (start instanceof ArrayValue starts) {
                starts.forEach(this::ask);
            } else if (start != Missing.INSTANCE) {
                ask(start);
            }
            for (long depth = 0; !next.isEmpty() && depth <= edges.maxDepth(); depth++) {
                context.operation().checkAlive();
                List<Value> values = next;
                next = new ArrayList<>();
                step(values, depth);
            }
            return found;
        }

        private void ask(Value value) {
            Steps.take();
            if (asked.add(value)) {
                next.add(value);
                memory.reserve(value);
            }
        }

        private void step(List<Value> values, long depth) {
            Predicate filter = Predicate.all(List.of(reached(values), restriction()));
            try (Cursor cursor = context.find(edges.from(), filter)) {
                while (cursor.advance()) {
                    visit(cursor.current(), depth);
                }
            }
        }

        /** Unlike in a filter, null finds null only, not what is absent, as in MongoDB. */
        private Predicate reached(List<Value> values) {
            Predicate listed = new Predicate.At(edges.in(), new In(values, List.of()));
            return values.contains(NullValue.INSTANCE)
                    ? Predicate.all(List.of(listed, new Predicate.At(edges.in(), new Exists())))
                    : listed;
        }

        private Predicate restriction() {
            return edges.restriction().within(context.evaluation());
        }

        private void visit(Document document, long depth) {
            Value id = document.get("_id");
            if (id == Missing.INSTANCE) {
                throw new SmilodonException(
                        WITHOUT_ID,
                        "Documents must contain an _id for de-duplication in $graphLookup",
                        Map.of("from", edges.from().toString()));
            }
            if (!ids.add(id)) {
                return;
            }
            Document kept =
                    edges.depthField()
                            .map(path -> Nested.set(document, path, new Int64Value(depth)))
                            .orElse(document);
            found.add(kept);
            memory.reserve(kept);
            growth.add(kept);
            JoinFilter.valuesAt(kept, edges.out()).forEach(this::ask);
        }
    }
}
