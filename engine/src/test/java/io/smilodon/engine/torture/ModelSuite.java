package io.smilodon.engine.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * B1: random actions on the whole interface of a store and on a naive map. A sequence that fails is
 * cut down to the actions that are needed for it.
 */
final class ModelSuite implements Suite {

    private static final Facts FACTS =
            new Facts("B1", "The store against a map", "sequences", 5_000, 8);

    private static final int ACTIONS = 50;
    private static final int SEQUENCES = 50;
    private static final long SHRINK_NANOS = TimeUnit.SECONDS.toNanos(20);

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        for (int count = 0; count < SEQUENCES && !round.isOver(); count++) {
            long seed = round.seed() + count;
            List<ModelAction> actions = ModelAction.random(new Random(seed), ACTIONS);
            Optional<Throwable> failure = failure(seed, actions);
            if (failure.isPresent()) {
                List<ModelAction> needed = shrunk(seed, actions);
                throw new AssertionError(
                        failure(seed, needed).orElse(failure.get()) + " after " + needed,
                        failure.get());
            }
            round.count(1);
            round.count("actions", ACTIONS);
        }
    }

    private static Optional<Throwable> failure(long seed, List<ModelAction> actions)
            throws IOException {
        try (ModelRun run = new ModelRun(seed)) {
            for (ModelAction action : actions) {
                run.carryOut(action);
            }
            return Optional.empty();
        } catch (RuntimeException | AssertionError failure) {
            return Optional.of(failure);
        }
    }

    /** Leaves out halves, quarters and so on, as long as it fails (Zeller and Hildebrandt 2002). */
    private static List<ModelAction> shrunk(long seed, List<ModelAction> actions)
            throws IOException {
        long end = System.nanoTime() + SHRINK_NANOS;
        List<ModelAction> needed = actions;
        for (int size = needed.size() / 2; size > 0; size /= 2) {
            for (int from = 0; from < needed.size() && System.nanoTime() < end; ) {
                List<ModelAction> fewer = new ArrayList<>(needed.subList(0, from));
                fewer.addAll(needed.subList(Math.min(needed.size(), from + size), needed.size()));
                if (failure(seed, fewer).isPresent()) {
                    needed = fewer;
                } else {
                    from += size;
                }
            }
        }
        return needed;
    }
}
