package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.List;

/** Finds for each document of its input those that belong to it, one search each. */
final class LookupCursor implements Cursor {

    private final Cursor input;
    private final FieldPath as;
    private final ForeignDocuments foreign;
    private final MemoryAccount memory;
    private Document current = Document.EMPTY;

    LookupCursor(Cursor input, FieldPath as, ForeignDocuments foreign) {
        this.input = input;
        this.as = as;
        this.foreign = foreign;
        this.memory = new MemoryAccount(Lookup.NAME, foreign.operation());
    }

    @Override
    public boolean advance() {
        memory.close();
        if (!input.advance()) {
            return false;
        }
        Document local = input.current();
        List<Value> found = new ArrayList<>();
        Growth growth = Growth.under(as.length() + 1);
        try (Cursor others = foreign.of(local)) {
            while (others.advance()) {
                found.add(others.current());
                if (!foreign.isKept()) { // else it is counted there
                    memory.reserve(others.current());
                }
                growth.add(others.current());
            }
        }
        current = Nested.set(local, as, ArrayValue.of(found));
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        memory.close();
        foreign.close();
        input.close();
    }
}
