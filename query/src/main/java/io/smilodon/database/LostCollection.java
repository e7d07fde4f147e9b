package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import java.util.Map;
import java.util.Optional;

/** A collection that is not there any more under the name that a cursor knows. Pure functions. */
final class LostCollection {

    private static final ErrorCode PLAN_KILLED = new ErrorCode(175, "QueryPlanKilled");

    private LostCollection() {}

    /**
     * Refuses to go on without it.
     *
     * @throws SmilodonException {@code QueryPlanKilled} (175)
     */
    static void require(CollectionEntry known, Catalog catalog, ReadView now) {
        Optional<SmilodonException> why = of(known, catalog, now);
        if (why.isPresent()) {
            throw why.get();
        }
    }

    /** Why one cannot go on with it; empty if it is there. */
    static Optional<SmilodonException> of(CollectionEntry known, Catalog catalog, ReadView now) {
        boolean isThere =
                catalog.find(known.namespace(), now)
                        .filter(entry -> entry.id() == known.id())
                        .isPresent();
        if (isThere) {
            return Optional.empty();
        }
        return catalog.collections(now).stream()
                .filter(entry -> entry.id() == known.id())
                .map(CollectionEntry::namespace)
                .findFirst()
                .map(
                        name ->
                                killed(
                                        "collection renamed",
                                        Map.of("from", known.namespace(), "to", name)))
                .or(
                        () ->
                                Optional.of(
                                        killed(
                                                "collection dropped",
                                                Map.of("namespace", known.namespace()))));
    }

    private static SmilodonException killed(String template, Map<String, ?> details) {
        return new SmilodonException(PLAN_KILLED, template, details);
    }
}
