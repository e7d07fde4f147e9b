package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some documents of its input at random. Source: Vitter's reservoir sampling, algorithm R, 1985.
 */
final class SampleCursor implements Cursor {

    private final Cursor input;
    private final long size;
    private final OperationContext operation;
    private List<Document> chosen = List.of();
    private int position = -1;
    private long bytes;

    SampleCursor(Cursor input, long size, OperationContext operation) {
        this.input = input;
        this.size = size;
        this.operation = operation;
    }

    @Override
    public boolean advance() {
        if (position < 0) {
            chosen = choose();
        }
        if (position < chosen.size()) {
            position++;
        }
        return position < chosen.size();
    }

    private List<Document> choose() {
        List<Document> reservoir = new ArrayList<>();
        for (long seen = 1; input.advance(); seen++) {
            operation.checkAlive();
            if (reservoir.size() < size) {
                reservoir.add(input.current());
                reserve(MemorySize.of(input.current()));
                continue;
            }
            long place = ThreadLocalRandom.current().nextLong(seen);
            if (place < size) {
                Document replaced = reservoir.set((int) place, input.current());
                reserve(MemorySize.of(input.current()) - MemorySize.of(replaced));
            }
        }
        Collections.shuffle(reservoir, ThreadLocalRandom.current());
        return reservoir;
    }

    private void reserve(long more) {
        bytes += more;
        operation.reserve("$sample", more);
    }

    @Override
    public Document current() {
        return chosen.get(position);
    }

    @Override
    public void close() {
        operation.release(bytes);
        bytes = 0;
        chosen = List.of();
        input.close();
    }
}
