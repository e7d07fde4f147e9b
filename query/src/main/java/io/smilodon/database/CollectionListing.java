package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import java.util.Optional;

/**
 * What one collection or view is, without how large it is, which may take long to find out.
 *
 * @param name the collection's name
 * @param isView whether it has no documents of its own
 * @param options what {@code create} was, or could have been, asked for
 * @param uuid what tells it from other collections; a view has none
 */
public record CollectionListing(
        String name, boolean isView, Document options, Optional<BinaryValue> uuid) {

    static CollectionListing of(CollectionEntry entry, long storeId) {
        return new CollectionListing(
                entry.namespace().collection(),
                entry.isView(),
                entry.options().toDocument(),
                Optional.of(CollectionUuid.of(storeId, entry.id()))
                        .filter(uuid -> !entry.isView()));
    }

    /** {@code view} or {@code collection}, as MongoDB lists it. */
    public String type() {
        return isView ? "view" : "collection";
    }
}
