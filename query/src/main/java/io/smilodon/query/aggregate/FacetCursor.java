package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps its input in memory and runs one pipeline after the other over it. */
final class FacetCursor implements Cursor {

    private final Cursor input;
    private final Facet facet;
    private final StageContext context;
    private boolean isDone;
    private long bytes;
    private Document result = Document.EMPTY;

    FacetCursor(Cursor input, Facet facet, StageContext context) {
        this.input = input;
        this.facet = facet;
        this.context = context;
    }

    @Override
    public boolean advance() {
        if (isDone) {
            return false;
        }
        isDone = true;
        List<Document> documents = new ArrayList<>();
        while (input.advance()) {
            context.operation().checkAlive();
            documents.add(input.current());
            reserve(input.current());
        }
        Growth growth = Growth.under(2);
        DocumentBuilder results = Document.builder();
        for (Map.Entry<String, Pipeline> one : facet.pipelines().entrySet()) {
            results.put(one.getKey(), run(one.getValue(), documents, growth));
        }
        result = results.build();
        return true;
    }

    private ArrayValue run(Pipeline pipeline, List<Document> documents, Growth growth) {
        List<Value> made = new ArrayList<>();
        try (Cursor cursor = pipeline.open(new DocumentsCursor(documents), context)) {
            while (cursor.advance()) {
                context.operation().checkAlive();
                made.add(cursor.current());
                reserve(cursor.current());
                growth.add(cursor.current());
            }
        }
        return ArrayValue.of(made);
    }

    private void reserve(Document document) {
        long more = MemorySize.of(document);
        bytes += more;
        context.operation().reserve(Facet.NAME, more);
    }

    @Override
    public Document current() {
        return result;
    }

    @Override
    public void close() {
        context.operation().release(bytes);
        bytes = 0;
        result = Document.EMPTY;
        input.close();
    }
}
