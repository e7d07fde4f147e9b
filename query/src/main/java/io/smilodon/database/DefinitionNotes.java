package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeNote;
import io.smilodon.database.stream.Definition;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Leaves in the log what change streams want to know of collections and indexes: it cannot be read
 * off the catalog's entries, which have no names of what is gone. Views are not told of, as with
 * MongoDB. Pure functions.
 */
final class DefinitionNotes {

    private DefinitionNotes() {}

    static void created(CollectionEntry entry, Transaction transaction) {
        if (!entry.isView()) {
            note(entry, Definition.created(entry.options().toDocument()), transaction);
        }
    }

    static void dropped(CollectionEntry entry, Transaction transaction) {
        if (!entry.isView()) {
            transaction.note(new ChangeNote.Dropped(entry.id(), entry.namespace()).encode());
        }
    }

    /**
     * A collection has another name.
     *
     * @param target had that name and is dropped for it
     */
    static void renamed(
            CollectionEntry entry,
            Namespace name,
            Optional<CollectionEntry> target,
            Transaction transaction) {
        OptionalInt gone =
                target.map(other -> OptionalInt.of(other.id())).orElse(OptionalInt.empty());
        ChangeNote note = new ChangeNote.Renamed(entry.id(), entry.namespace(), name, gone);
        transaction.note(note.encode());
    }

    /** An index can be used from now on. */
    static void indexCreated(CollectionEntry entry, IndexEntry index, Transaction transaction) {
        noteIndex(Definition.Kind.CREATE_INDEXES, entry, index, transaction);
    }

    /** An index is no more; nobody knew of one that was still being built. */
    static void indexDropped(CollectionEntry entry, IndexEntry index, Transaction transaction) {
        if (index.isReady()) {
            noteIndex(Definition.Kind.DROP_INDEXES, entry, index, transaction);
        }
    }

    private static void noteIndex(
            Definition.Kind kind,
            CollectionEntry entry,
            IndexEntry index,
            Transaction transaction) {
        List<Document> specifications = List.of(index.definition().toSpecification());
        note(entry, Definition.ofIndexes(kind, specifications), transaction);
    }

    /**
     * A collection was changed.
     *
     * @param before as it was
     * @param changes what was asked for
     * @param indexBefore what was different of an index; empty if none was changed
     */
    static void modified(
            CollectionEntry before,
            Document changes,
            Document indexBefore,
            Transaction transaction) {
        if (before.isView() || changes.isEmpty()) {
            return;
        }
        Definition definition = Definition.modified(changes, before.options().toDocument());
        note(
                before,
                indexBefore.isEmpty() ? definition : definition.withIndexBefore(indexBefore),
                transaction);
    }

    private static void note(
            CollectionEntry entry, Definition definition, Transaction transaction) {
        transaction.note(
                new ChangeNote.Defined(entry.id(), entry.namespace(), definition).encode());
    }
}
