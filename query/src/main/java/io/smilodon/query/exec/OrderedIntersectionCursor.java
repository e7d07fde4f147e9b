package io.smilodon.query.exec;

import io.smilodon.index.key.IndexKey;
import java.util.Arrays;
import java.util.List;

/** The entries of the last input whose ids all inputs have; all come in the order of ids. */
final class OrderedIntersectionCursor implements EntryCursor {

    private final List<EntryCursor> inputs;
    private final StageCounts counts;
    private boolean isStarted;

    /**
     * @param inputs each ascending by encoded id, without duplicates
     */
    OrderedIntersectionCursor(List<EntryCursor> inputs, StageCounts counts) {
        this.inputs = inputs;
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        if (!advanceAll()) {
            return false;
        }
        byte[] highest = inputs.get(0).id();
        int agreeing = 1;
        for (int at = 1; agreeing < inputs.size(); at = (at + 1) % inputs.size()) {
            EntryCursor input = inputs.get(at);
            int order = Arrays.compareUnsigned(input.id(), highest);
            while (order < 0 && input.advance()) {
                order = Arrays.compareUnsigned(input.id(), highest);
            }
            if (order < 0) {
                return false;
            }
            agreeing = order == 0 ? agreeing + 1 : 1;
            highest = input.id();
        }
        counts.countReturned();
        return true;
    }

    /** At first all of them, and after a hit again: no id comes twice. */
    private boolean advanceAll() {
        if (isStarted) {
            return inputs.get(0).advance();
        }
        isStarted = true;
        for (EntryCursor input : inputs) {
            if (!input.advance()) {
                return false;
            }
        }
        return true;
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
        inputs.forEach(EntryCursor::close);
    }
}
