package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Some documents of its input at random. Source: Vitter's reservoir sampling, algorithm R, 1985.
 */
final class SampleCursor extends BlockingCursor {

    private final Cursor input;
    private final long size;
    private final OperationContext operation;
    private List<Document> chosen = List.of();
    private int position = -1;
    private final MemoryAccount memory;

    SampleCursor(Cursor input, long size, OperationContext operation) {
        this.input = input;
        this.size = size;
        this.operation = operation;
        this.memory = new MemoryAccount("$sample", operation);
    }

    @Override
    protected boolean advanceRead() {
        if (position < chosen.size()) {
            position++;
        }
        return position < chosen.size();
    }

    @Override
    protected void read() {
        List<Document> reservoir = new ArrayList<>();
        for (long seen = 1; input.advance(); seen++) {
            operation.checkAlive();
            if (reservoir.size() < size) {
                reservoir.add(input.current());
                memory.reserve(input.current());
                continue;
            }
            long place = ThreadLocalRandom.current().nextLong(seen);
            if (place < size) {
                Document replaced = reservoir.set((int) place, input.current());
                memory.release(MemorySize.of(replaced));
                memory.reserve(input.current());
            }
        }
        Collections.shuffle(reservoir, ThreadLocalRandom.current());
        chosen = reservoir;
    }

    @Override
    public Document current() {
        return chosen.get(position);
    }

    @Override
    public void close() {
        memory.close();
        chosen = List.of();
        input.close();
    }
}
