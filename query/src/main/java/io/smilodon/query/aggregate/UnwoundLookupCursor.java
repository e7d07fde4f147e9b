package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.value.Growth;

/** A document for each pair that belongs together: a lookup whose array nobody sees. */
final class UnwoundLookupCursor implements Cursor {

    private final Cursor input;
    private final Lookup lookup;
    private final Unwind unwind;
    private final ForeignDocuments foreign;
    private Cursor others = DocumentsCursor.of();
    private Document local = Document.EMPTY;
    private long index;
    private Document current = Document.EMPTY;

    UnwoundLookupCursor(Cursor input, Lookup lookup, ForeignDocuments foreign) {
        this.input = input;
        this.lookup = lookup;
        this.unwind = lookup.unwind().orElseThrow();
        this.foreign = foreign;
    }

    @Override
    public boolean advance() {
        if (advanceInOthers()) {
            return true;
        }
        while (input.advance()) {
            foreign.operation().checkAlive();
            local = input.current();
            index = 0;
            others.close();
            others = DocumentsCursor.of();
            others = foreign.of(local);
            if (advanceInOthers()) {
                return true;
            }
            if (unwind.keepsEmpty()) {
                Document without = Nested.set(local, lookup.as(), Missing.INSTANCE);
                current = unwind.withIndex(without, NullValue.INSTANCE);
                return true;
            }
        }
        return false;
    }

    private boolean advanceInOthers() {
        if (!others.advance()) {
            return false;
        }
        Growth.under(lookup.as().length()).add(others.current());
        current = unwind.unwound(local, others.current(), new Int64Value(index++));
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        others.close();
        foreign.close();
        input.close();
    }
}
