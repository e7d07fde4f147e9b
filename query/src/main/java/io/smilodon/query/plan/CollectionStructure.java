package io.smilodon.query.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What the planner may choose from: one version of a collection's catalog entry.
 *
 * @param namespace database and collection, as in {@code db.people}
 * @param indexes the readable indexes; that on {@code _id} may be among them or not
 * @param statistics how much there is
 * @param isCapped whether it keeps the order of insertion
 */
public record CollectionStructure(
        String namespace, List<IndexCandidate> indexes, Statistics statistics, boolean isCapped) {

    public CollectionStructure {
        indexes = List.copyOf(indexes);
    }

    /** One that is not capped. */
    public CollectionStructure(
            String namespace, List<IndexCandidate> indexes, Statistics statistics) {
        this(namespace, indexes, statistics, false);
    }

    /** The indexes besides that on {@code _id}, which the documents themselves are. */
    List<IndexCandidate> secondary() {
        List<IndexCandidate> secondary = new ArrayList<>(indexes.size());
        for (IndexCandidate index : indexes) {
            if (!index.definition().isOnId()) {
                secondary.add(index);
            }
        }
        return secondary;
    }
}
