package io.smilodon.query.exec;

import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.plan.EntryStage;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The entries of ordered inputs in their common order, the first of each document. */
final class MergeSortCursor implements EntryCursor {

    private final EntryStage.MergeSort stage;
    private final List<Input> inputs = new ArrayList<>();
    private final SeenIds seen;
    private final StageCounts counts;
    private final PriorityQueue<Input> queue = new PriorityQueue<>(this::compare);
    private boolean isStarted;

    MergeSortCursor(
            EntryStage.MergeSort stage,
            List<EntryCursor> inputs,
            SeenIds seen,
            StageCounts counts) {
        this.stage = stage;
        for (int input = 0; input < inputs.size(); input++) {
            this.inputs.add(new Input(inputs.get(input), stage.parts().get(input)));
        }
        this.seen = seen;
        this.counts = counts;
    }

    /**
     * Entries in order.
     *
     * @param parts for each field of the order, the key part that holds it
     */
    private record Input(EntryCursor entries, List<Integer> parts) {}

    @Override
    public boolean advance() {
        step();
        while (!queue.isEmpty()) {
            if (seen.add(id())) {
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

    private void requeue(Input input) {
        if (input.entries.advance()) {
            queue.add(input);
        }
    }

    private int compare(Input left, Input right) {
        IndexKey leftKey = left.entries.key();
        IndexKey rightKey = right.entries.key();
        for (int field = 0; field < left.parts.size(); field++) {
            int order =
                    ValueOrder.ASCENDING.compare(
                            leftKey.value(left.parts.get(field)),
                            rightKey.value(right.parts.get(field)));
            if (order != 0) {
                return stage.pattern().parts().get(field).isAscending() ? order : -order;
            }
        }
        return 0;
    }

    @Override
    public byte[] id() {
        return queue.element().entries.id();
    }

    @Override
    public IndexKey key() {
        return queue.element().entries.key();
    }

    @Override
    public void close() {
        seen.clear();
        inputs.forEach(input -> input.entries.close());
    }
}
