package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.value.Growth;
import io.smilodon.query.value.MemorySize;
import java.util.ArrayList;
import java.util.List;

/** Finds for each document of its input those that belong to it, one search each. */
final class LookupCursor implements Cursor {

    private final Cursor input;
    private final FieldPath as;
    private final ForeignDocuments foreign;
    private long bytes;
    private Document current = Document.EMPTY;

    LookupCursor(Cursor input, FieldPath as, ForeignDocuments foreign) {
        this.input = input;
        this.as = as;
        this.foreign = foreign;
    }

    @Override
    public boolean advance() {
        release();
        if (!input.advance()) {
            return false;
        }
        Document local = input.current();
        List<Value> found = new ArrayList<>();
        Growth growth = Growth.under(as.length() + 1);
        try (Cursor others = foreign.of(local)) {
            while (others.advance()) {
                found.add(others.current());
                reserve(MemorySize.of(others.current()));
                growth.add(others.current());
            }
        }
        current = Nested.set(local, as, ArrayValue.of(found));
        return true;
    }

    private void reserve(long more) {
        if (foreign.isKept()) {
            return; // and counted already
        }
        bytes += more;
        foreign.operation().reserve(Lookup.NAME, more);
    }

    private void release() {
        foreign.operation().release(bytes);
        bytes = 0;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        release();
        foreign.close();
        input.close();
    }
}
