package io.smilodon.query.exec;

import io.smilodon.index.key.IndexKey;
import java.util.List;
import java.util.function.Supplier;

/**
 * The entries of the last input whose ids all inputs have. Reads all inputs but the last before the
 * first entry, each time keeping the ids that it shares with those before.
 */
final class HashedIntersectionCursor implements EntryCursor {

    private final List<EntryCursor> inputs;
    private final Supplier<SeenIds> sets;
    private final StageCounts counts;
    private SeenIds common;
    private boolean isStarted;

    HashedIntersectionCursor(List<EntryCursor> inputs, Supplier<SeenIds> sets, StageCounts counts) {
        this.inputs = inputs;
        this.sets = sets;
        this.counts = counts;
        this.common = sets.get();
    }

    @Override
    public boolean advance() {
        if (!isStarted) {
            isStarted = true;
            intersect();
        }
        EntryCursor last = inputs.getLast();
        while (!common.isEmpty() && last.advance()) {
            if (common.contains(last.id())) {
                counts.countReturned();
                return true;
            }
        }
        return false;
    }

    private void intersect() {
        collect(inputs.get(0));
        for (EntryCursor input : inputs.subList(1, inputs.size() - 1)) {
            SeenIds before = common;
            common = sets.get();
            while (!before.isEmpty() && input.advance()) {
                if (before.contains(input.id())) {
                    common.add(input.id());
                }
            }
            before.clear();
        }
    }

    private void collect(EntryCursor first) {
        while (first.advance()) {
            common.add(first.id());
        }
    }

    @Override
    public byte[] id() {
        return inputs.getLast().id();
    }

    @Override
    public IndexKey key() {
        return inputs.getLast().key();
    }

    @Override
    public void close() {
        common.clear();
        inputs.forEach(EntryCursor::close);
    }
}
