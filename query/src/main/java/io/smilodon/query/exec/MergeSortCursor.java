package io.smilodon.query.exec;

import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import java.util.List;
import java.util.PriorityQueue;

/** The entries of ordered inputs in their common order, the first of each document. */
final class MergeSortCursor implements EntryCursor {

    private final EntryStage.MergeSort stage;
    private final List<EntryCursor> inputs;
    private final SeenIds seen;
    private final StageCounts counts;
    private final PriorityQueue<EntryCursor> queue = new PriorityQueue<>(this::compare);
    private boolean isStarted;

    MergeSortCursor(
            EntryStage.MergeSort stage,
            List<EntryCursor> inputs,
            SeenIds seen,
            StageCounts counts) {
        this.stage = stage;
        this.inputs = inputs;
        this.seen = seen;
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        step();
        while (!queue.isEmpty()) {
            if (seen.add(queue.peek().id())) {
                counts.countReturned();
                return true;
            }
            step();
        }
        return false;
    }

    /** Moves the input whose entry was handed out; at first, all of them. */
    private void step() {
        if (!isStarted) {
            isStarted = true;
            inputs.forEach(this::requeue);
        } else if (!queue.isEmpty()) {
            requeue(queue.poll());
        }
    }

    private void requeue(EntryCursor input) {
        if (input.advance()) {
            queue.add(input);
        }
    }

    private int compare(EntryCursor left, EntryCursor right) {
        IndexKey leftKey = left.key();
        IndexKey rightKey = right.key();
        for (int field = 0; field < stage.parts().size(); field++) {
            int part = stage.parts().get(field);
            int order = ValueOrder.ASCENDING.compare(leftKey.value(part), rightKey.value(part));
            if (order != 0) {
                return stage.pattern().parts().get(field).isAscending() ? order : -order;
            }
        }
        return 0;
    }

    @Override
    public byte[] id() {
        return queue.element().id();
    }

    @Override
    public IndexKey key() {
        return queue.element().key();
    }

    @Override
    public void close() {
        seen.clear();
        inputs.forEach(EntryCursor::close);
    }
}
