package io.smilodon.query.plan;

import java.util.Optional;

/** Remembers which way was chosen for which shape of queries. */
public interface PlanMemory {

    /** Remembers nothing. */
    PlanMemory NONE =
            new PlanMemory() {
                @Override
                public Optional<PlanDecision> recall(QueryShape shape) {
                    return Optional.empty();
                }

                @Override
                public void remember(QueryShape shape, Query query, PlanDecision decision) {}
            };

    Optional<PlanDecision> recall(QueryShape shape);

    /**
     * @param query the one that the way was chosen for
     */
    void remember(QueryShape shape, Query query, PlanDecision decision);
}
