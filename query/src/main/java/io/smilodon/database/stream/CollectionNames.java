package io.smilodon.database.stream;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
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

    void forget(int id) {
        names.remove(id);
    }

    /** Goes back before what is told of collections, from first to last. */
    void undo(List<ChangeNote> notes) {
        for (ChangeNote note : notes.reversed()) {
            if (note instanceof ChangeNote.Dropped dropped) {
                put(dropped.id(), dropped.namespace());
            } else if (note instanceof ChangeNote.Renamed renamed) {
                put(renamed.id(), renamed.from());
                renamed.target().ifPresent(id -> put(id, renamed.to()));
            } else if (note instanceof ChangeNote.Defined defined
                    && defined.definition().kind() == Definition.Kind.CREATE) {
                forget(defined.id());
            }
        }
    }
}
