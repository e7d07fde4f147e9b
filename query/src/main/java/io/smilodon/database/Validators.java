package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of the collections, each read once until it is changed. Thread-safe. */
final class Validators {

    private static final int KEPT_MAX = 10_000;

    private final Map<Integer, Validator> byCollection = new ConcurrentHashMap<>();

    /** The rule that this state of the catalog's entry has. */
    Validator of(CollectionEntry entry) {
        if (!entry.options().validation().isInForce()) {
            return Validator.NONE;
        }
        Validator known = byCollection.get(entry.id());
        if (known == null || !known.isOf(entry.options().validation())) {
            known = Validator.of(entry);
            if (byCollection.size() >= KEPT_MAX) {
                byCollection.clear();
            }
            byCollection.put(entry.id(), known);
        }
        return known.now();
    }
}
