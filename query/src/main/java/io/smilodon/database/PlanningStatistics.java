package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Direction;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.plan.IndexCandidate;
import io.smilodon.query.plan.SampledStatistics;
import io.smilodon.query.plan.Statistics;
import io.smilodon.query.predicate.Predicate;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is known of a collection when a query is planned. Nothing is looked up before it is asked
 * for: a query for one {@code _id} needs none of it. Not thread-safe.
 */
final class PlanningStatistics implements Statistics {

    private final CollectionSamples samples;
    private final CollectionEntry entry;
    private final ReadView view;
    private final LongSupplier documents;
    private Optional<Statistics> known = Optional.empty();

    /**
     * @param documents about how many there are
     */
    PlanningStatistics(
            CollectionSamples samples,
            CollectionEntry entry,
            ReadView view,
            LongSupplier documents) {
        this.samples = samples;
        this.entry = entry;
        this.view = view;
        this.documents = documents;
    }

    private Statistics known() {
        if (known.isEmpty()) {
            long count = documents.getAsLong();
            known =
                    samples.of(entry, count)
                            .<Statistics>map(s -> new SampledStatistics(s, count, this::probe))
                            .or(() -> Optional.of(Statistics.guessed(count)));
        }
        return known.get();
    }

    /** Not inside a transaction, which would remember what was read and conflict with writers. */
    private Optional<Reading> probe(IndexCandidate index, IndexBounds bounds, int max) {
        Optional<IndexEntry> found = entry.index(index.definition().id());
        if (found.isEmpty() || !(view instanceof Snapshot)) {
            return Optional.empty();
        }
        int count = 0;
        try (IndexCursor cursor = found.get().maintainer().open(bounds, Direction.FORWARD, view)) {
            while (cursor.keysExamined() < max && cursor.advance()) {
                count++;
            }
            return Optional.of(new Reading(cursor.keysExamined(), count));
        }
    }

    @Override
    public Statistics quick() {
        return known().quick();
    }

    @Override
    public double documents() {
        return known().documents();
    }

    @Override
    public double entries(IndexCandidate index) {
        return known().entries(index);
    }

    @Override
    public double share(IndexCandidate index, int part, IntervalSet values) {
        return known().share(index, part, values);
    }

    @Override
    public Reading reading(IndexCandidate index, IndexBounds bounds) {
        return known().reading(index, bounds);
    }

    @Override
    public double share(Predicate predicate) {
        return known().share(predicate);
    }
}
