package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Accumulation;
import io.smilodon.query.accumulator.Accumulator;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import io.smilodon.query.value.ValueKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads its whole input into groups, then hands them on. */
final class GroupCursor implements Cursor {

    private static final long GROUP_BYTES = 100;

    private final Cursor input;
    private final Group group;
    private final StageContext context;
    private final EvaluationContext evaluation;
    private final List<String> names;
    private final List<Accumulation> accumulations;
    private Iterator<Map.Entry<ValueKey, List<Accumulator>>> groups = Collections.emptyIterator();
    private boolean isRead;
    private long bytes;
    private Document current = Document.EMPTY;

    GroupCursor(Cursor input, Group group, StageContext context) {
        this.input = input;
        this.group = group;
        this.context = context;
        this.evaluation = context.evaluation();
        this.names = List.copyOf(group.accumulations().keySet());
        this.accumulations = List.copyOf(group.accumulations().values());
    }

    @Override
    public boolean advance() {
        if (!isRead) {
            groups = read().entrySet().iterator();
            isRead = true;
        }
        if (!groups.hasNext()) {
            return false;
        }
        Map.Entry<ValueKey, List<Accumulator>> next = groups.next();
        current = document(next.getKey().value(), next.getValue());
        return true;
    }

    private Map<ValueKey, List<Accumulator>> read() {
        Map<ValueKey, List<Accumulator>> read = new LinkedHashMap<>();
        while (input.advance()) {
            context.operation().checkAlive();
            EvaluationContext document = evaluation.on(input.current());
            Value id = present(group.id().evaluate(document));
            add(document, read.computeIfAbsent(new ValueKey(id), this::begin));
        }
        return read;
    }

    private List<Accumulator> begin(ValueKey key) {
        reserve(GROUP_BYTES + MemorySize.of(key.value()));
        Document fields = key.value() instanceof Document id ? id : Document.EMPTY;
        EvaluationContext seen = evaluation.on(fields);
        List<Accumulator> fresh = new ArrayList<>(accumulations.size());
        for (Accumulation accumulation : accumulations) {
            Accumulator accumulator = accumulation.begin(seen);
            reserve(accumulator.memoryBytes());
            fresh.add(accumulator);
        }
        return fresh;
    }

    private void add(EvaluationContext document, List<Accumulator> accumulators) {
        for (int i = 0; i < accumulators.size(); i++) {
            Accumulator accumulator = accumulators.get(i);
            long before = accumulator.memoryBytes();
            accumulator.add(accumulations.get(i).argument().evaluate(document));
            reserve(accumulator.memoryBytes() - before);
        }
    }

    private void reserve(long more) {
        if (more > 0) {
            bytes += more;
            context.operation().reserve(group.name(), more);
        }
    }

    private Document document(Value id, List<Accumulator> accumulators) {
        Growth growth = Growth.under(1);
        growth.add(id);
        DocumentBuilder builder = Document.builder().put("_id", id);
        for (int i = 0; i < names.size(); i++) {
            Value result = present(accumulators.get(i).result());
            growth.add(result);
            builder.put(names.get(i), result);
        }
        return builder.build();
    }

    private static Value present(Value value) {
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        context.operation().release(bytes);
        bytes = 0;
        groups = Collections.emptyIterator();
        input.close();
    }
}
