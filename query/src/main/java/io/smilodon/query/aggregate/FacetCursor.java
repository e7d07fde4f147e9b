package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps its input, on disk if need be, and runs one pipeline after the other over it. */
final class FacetCursor extends BlockingCursor {

    private final Cursor input;
    private final Facet facet;
    private final StageContext context;
    private boolean isDone;
    private final DocumentSpool spool;
    private final MemoryAccount results;
    private Document result = Document.EMPTY;

    FacetCursor(Cursor input, Facet facet, StageContext context) {
        this.input = input;
        this.facet = facet;
        this.context = context;
        this.spool = new DocumentSpool(Facet.NAME, context.operation());
        this.results = new MemoryAccount(Facet.NAME, context.operation());
    }

    @Override
    protected void read() {
        while (input.advance()) {
            context.operation().checkAlive();
            spool.add(input.current());
        }
    }

    @Override
    protected boolean advanceRead() {
        if (isDone) {
            return false;
        }
        isDone = true;
        Growth growth = Growth.under(2);
        DocumentBuilder made = Document.builder();
        for (Map.Entry<String, Pipeline> one : facet.pipelines().entrySet()) {
            made.put(one.getKey(), run(one.getValue(), growth));
        }
        result = made.build();
        return true;
    }

    private ArrayValue run(Pipeline pipeline, Growth growth) {
        List<Value> made = new ArrayList<>();
        try (Cursor cursor = pipeline.open(spool.open(), context)) {
            while (cursor.advance()) {
                context.operation().checkAlive();
                made.add(cursor.current());
                results.reserve(cursor.current());
                growth.add(cursor.current());
            }
        }
        return ArrayValue.of(made);
    }

    @Override
    public Document current() {
        return result;
    }

    @Override
    public void close() {
        spool.close();
        results.close();
        result = Document.EMPTY;
        input.close();
    }
}
