package io.smilodon.database.stream;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.feed.ChangeBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which collection an id stands for, as of the place in the log where a stream reads. Ids are never
 * used twice. Not thread-safe.
 */
final class CollectionNames {

    private final Map<Integer, Namespace> names = new HashMap<>();

    /** The names as of a snapshot. */
    CollectionNames(List<CollectionEntry> entries) {
        entries.forEach(entry -> names.put(entry.id(), entry.namespace()));
    }

    Optional<Namespace> find(int id) {
        return Optional.ofNullable(names.get(id));
    }

    void put(int id, Namespace namespace) {
        names.put(id, namespace);
    }

    /** Goes back before commits that are known: what they dropped was there. */
    void undo(List<ChangeBatch> batches) {
        List<ChangeNote> notes = new ArrayList<>();
        for (ChangeBatch batch : batches) {
            batch.notes().forEach(note -> notes.add(ChangeNote.decode(note)));
        }
        for (ChangeNote note : notes.reversed()) {
            if (note instanceof ChangeNote.Dropped dropped) {
                names.put(dropped.id(), dropped.namespace());
            } else if (note instanceof ChangeNote.Renamed renamed) {
                names.put(renamed.id(), renamed.from());
            }
        }
    }
}
