package io.smilodon.query.exec;

import io.smilodon.index.key.IndexKey;
import java.util.List;

/** The entries of several inputs, one input after the other, the first of each document. */
final class UnionCursor implements EntryCursor {

    private final List<EntryCursor> inputs;
    private final SeenIds seen;
    private final StageCounts counts;
    private int position;

    UnionCursor(List<EntryCursor> inputs, SeenIds seen, StageCounts counts) {
        this.inputs = inputs;
        this.seen = seen;
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        while (position < inputs.size()) {
            EntryCursor input = inputs.get(position);
            while (input.advance()) {
                if (seen.add(input.id())) {
                    counts.countReturned();
                    return true;
                }
            }
            position++;
        }
        return false;
    }

    @Override
    public byte[] id() {
        return inputs.get(position).id();
    }

    @Override
    public IndexKey key() {
        return inputs.get(position).key();
    }

    @Override
    public void close() {
        seen.clear();
        inputs.forEach(EntryCursor::close);
    }
}
