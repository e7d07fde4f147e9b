package io.smilodon.query.plan;

import io.smilodon.index.collation.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the planner may choose from: one version of a collection's catalog entry.
 *
 * @param namespace database and collection, as in {@code db.people}
 * @param indexes the readable indexes; that on {@code _id} may be among them or not
 * @param statistics how much there is
 * @param isCapped whether it keeps the order of insertion
 * @param collation in which order the strings among the ids lie
 * @param allowed which of the indexes may be read
 * @param unreadable the other indexes, which no query may read, and why
 */
public record CollectionStructure(
        String namespace,
        List<IndexCandidate> indexes,
        Statistics statistics,
        boolean isCapped,
        Collation collation,
        AllowedIndexes allowed,
        Supplier<List<UnusedIndex>> unreadable) {

    public CollectionStructure {
        indexes = List.copyOf(indexes);
    }

    /** One that is not capped and has no collation, and of which every index may be read. */
    public CollectionStructure(
            String namespace, List<IndexCandidate> indexes, Statistics statistics) {
        this(namespace, indexes, statistics, false, Collation.SIMPLE, AllowedIndexes.ALL, List::of);
    }

    /** The same, of which only these indexes may be read. */
    public CollectionStructure allowing(AllowedIndexes others) {
        return new CollectionStructure(
                namespace, indexes, statistics, isCapped, collation, others, unreadable);
    }

    /** The same as a query of this collation sees it. */
    CollectionStructure under(Collation ofQuery) {
        List<IndexCandidate> seen = new ArrayList<>(indexes.size());
        boolean isSame = true;
        for (IndexCandidate index : indexes) {
            seen.add(index.under(ofQuery));
            isSame &= index == seen.getLast();
        }
        return isSame ? this : with(seen, statistics);
    }

    /** The same as if there were these indexes too, with quick estimates. */
    public CollectionStructure supposing(List<IndexCandidate> others) {
        List<IndexCandidate> all = new ArrayList<>(indexes);
        all.addAll(others);
        return with(all, statistics.quick());
    }

    /** The same with these indexes only, and with quick estimates. */
    CollectionStructure only(Set<String> names) {
        List<IndexCandidate> kept = new ArrayList<>();
        for (IndexCandidate index : indexes) {
            if (names.contains(index.name())) {
                kept.add(index);
            }
        }
        return with(kept, statistics.quick());
    }

    private CollectionStructure with(List<IndexCandidate> others, Statistics known) {
        return new CollectionStructure(
                namespace, others, known, isCapped, collation, allowed, unreadable);
    }

    /** The indexes that may be read, besides that on {@code _id}: the documents are that one. */
    List<IndexCandidate> secondary() {
        List<IndexCandidate> secondary = new ArrayList<>(indexes.size());
        for (IndexCandidate index : indexes) {
            if (!index.definition().isOnId() && allowed.allow(index.definition())) {
                secondary.add(index);
            }
        }
        return secondary;
    }
}
