package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.Interval;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Removes the documents of one TTL index that have expired: those with a date in the field that
 * lies so many seconds back, of several dates the earliest. Documents without a date never expire.
 * Used once.
 *
 * @param nowMillis the time against which dates are held
 */
record Expiry(Instance instance, CollectionEntry collection, IndexEntry index, long nowMillis) {

    /** Documents that are looked for before they are removed. */
    private static final int PART_COUNT = 1_000;

    /** What a turn did, and whether there is more to do. */
    record Turn(long deletedCount, boolean isUnfinished) {}

    /** Whether documents of the index expire at all. */
    static boolean isTtl(IndexEntry index) {
        return index.isReady() && index.definition().options().expireAfterSeconds().isPresent();
    }

    /**
     * Removes documents until none is left that has expired, or the turn is over. Where none of a
     * part could be removed any more, somebody else is changing them: the next pass sees what is
     * left.
     */
    Turn run(TtlSettings settings) {
        return run(settings, System::nanoTime);
    }

    /**
     * The same where time passes otherwise.
     *
     * @param nanos the time by which the turn is over
     */
    Turn run(TtlSettings settings, LongSupplier nanos) {
        long endNanos = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(settings.millisMax());
        long deleted = 0;
        while (true) {
            int wanted = (int) Math.min(PART_COUNT, settings.documentsMax() - deleted);
            List<Value> ids = expired(wanted);
            long removed = delete(ids);
            deleted += removed;
            if (ids.size() < wanted || removed == 0) {
                return new Turn(deleted, false);
            }
            if (deleted >= settings.documentsMax() || nanos.getAsLong() - endNanos >= 0) {
                return new Turn(deleted, true);
            }
        }
    }

    /** Ids of some documents; none if documents of the index do not expire any more. */
    private List<Value> expired(int countMax) {
        try (Snapshot snapshot = instance.snapshot()) {
            return instance.catalog()
                    .find(collection.namespace(), snapshot)
                    .flatMap(entry -> entry.index(index.definition().id()))
                    .filter(Expiry::isTtl)
                    .map(newest -> expired(newest, countMax, snapshot))
                    .orElse(List.of());
        }
    }

    private List<Value> expired(IndexEntry newest, int countMax, Snapshot snapshot) {
        Set<Value> ids = new LinkedHashSet<>();
        IndexBounds bounds = bounds(newest.definition());
        try (IndexCursor entries = newest.maintainer().open(bounds, Direction.FORWARD, snapshot)) {
            while (ids.size() < countMax && entries.advance()) {
                byte[] key = Keyspace.documentOfIdKey(collection.id(), entries.idKey());
                snapshot.get(key)
                        .ifPresent(
                                stored ->
                                        ids.add(
                                                DocumentCodec.decode(stored.value())
                                                        .get(DocumentRules.ID)));
            }
        }
        return new ArrayList<>(ids);
    }

    /** In MongoDB too, dates before 1970 count. */
    private IndexBounds bounds(IndexDefinition definition) {
        return IndexBounds.of(
                new Interval(
                        new DateValue(Long.MIN_VALUE),
                        true,
                        new DateValue(lastExpired(definition)),
                        true));
    }

    private long lastExpired(IndexDefinition definition) {
        return definition
                .options()
                .expireAfterSeconds()
                .map(seconds -> nowMillis - millis(seconds))
                .orElse(Long.MIN_VALUE);
    }

    private static long millis(Value seconds) {
        return seconds instanceof NumberValue number
                ? TimeUnit.SECONDS.toMillis(number.toLong())
                : Long.MAX_VALUE;
    }

    private long delete(List<Value> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        CollectionWrites writes = new CollectionWrites(instance.newest(), collection.namespace());
        SteppedWrites.Part<Boolean> part =
                new SteppedWrites<Value, Boolean>(
                                work ->
                                        writes.run(0, work)
                                                .map(done -> done.result())
                                                .orElseGet(() -> nothing(ids)),
                                this::delete,
                                SteppedWrites.Mode.ORDERED)
                        .run(ids);
        if (!part.failures().isEmpty()) {
            throw part.failures().get(part.failures().firstKey());
        }
        return part.results().stream().filter(SteppedWrites.Result::value).count();
    }

    /** There is no such collection any more. */
    private static SteppedWrites.Part<Boolean> nothing(List<Value> ids) {
        return SteppedWrites.Part.<Boolean>from(0).until(ids.size());
    }

    /** The document may have changed since it was found, and so may the index. */
    private boolean delete(CollectionWriter writer, Value id) {
        return writer.entry()
                .index(index.definition().id())
                .filter(Expiry::isTtl)
                .flatMap(
                        newest ->
                                writer.find(id)
                                        .filter(found -> isExpired(newest, found.document())))
                .map(
                        found -> {
                            writer.delete(found);
                            return true;
                        })
                .orElse(false);
    }

    private boolean isExpired(IndexEntry newest, Document document) {
        long last = lastExpired(newest.definition());
        return newest.filter().map(filter -> filter.matches(document)).orElse(true)
                && newest.definition().keys().keys(document).keys().stream()
                        .map(IndexKey::values)
                        .anyMatch(
                                values ->
                                        values.get(0) instanceof DateValue date
                                                && date.epochMillis() <= last);
    }
}
