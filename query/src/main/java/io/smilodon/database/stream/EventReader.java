package io.smilodon.database.stream;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes events of what a commit wrote: first the collections that it created, then documents in the
 * order in which they were first written, then what it changed, dropped or renamed. Every reader
 * counts them alike, whatever it watches, so that the count can stand in a resume token. Not
 * thread-safe.
 */
final class EventReader {

    private final WatchScope scope;
    private final WatchOptions options;
    private final CollectionNames names;
    private final Images images;

    EventReader(WatchScope scope, WatchOptions options, CollectionNames names, Images images) {
        this.scope = scope;
        this.options = options;
        this.names = names;
        this.images = images;
    }

    /** The events of one commit, counted. */
    private static final class Numbered {

        private final ChangeBatch batch;
        private final List<ChangeEvent> events = new ArrayList<>();
        private int count;

        Numbered(ChangeBatch batch) {
            this.batch = batch;
        }

        void skip() {
            count++;
        }

        void add(Supplier<Document> content, boolean isInvalidation) {
            ResumeToken token = new ResumeToken(batch.token(), count, isInvalidation);
            events.add(new ChangeEvent(token, content));
            count++;
        }

        void addIf(boolean isShown, Supplier<Document> content) {
            if (isShown) {
                add(content, false);
            } else {
                skip();
            }
        }

        DocumentBuilder named(String type, Namespace namespace) {
            return ChangeEvent.begin(type, batch).put("ns", ChangeEvent.name(namespace));
        }
    }

    /** The events of a commit that belong to the stream. */
    List<ChangeEvent> read(ChangeBatch batch) {
        Numbered numbered = new Numbered(batch);
        DocumentNotes notes = new DocumentNotes();
        List<ChangeNote> definitions = new ArrayList<>();
        for (byte[] bytes : batch.notes()) {
            ChangeNote note = ChangeNote.decode(bytes);
            if (!notes.take(note)) {
                definitions.add(note);
            }
        }
        learnNames(batch, definitions);
        definitions.stream()
                .filter(EventReader::isCreation)
                .forEach(note -> defined((ChangeNote.Defined) note, numbered));
        for (KeyChange change : notes.inOrder(batch.changes())) {
            switch (change) {
                case KeyChange.Put put -> put(put, notes, numbered);
                case KeyChange.Remove remove -> removed(remove, notes, numbered);
                case KeyChange.Retire retire -> {
                    continue; // a drop, of which a note tells
                }
            }
        }
        definitions.stream()
                .filter(note -> !isCreation(note))
                .forEach(note -> changed(note, numbered));
        droppedDatabases(batch, numbered);
        forgetNames(batch);
        return numbered.events;
    }

    private static boolean isCreation(ChangeNote note) {
        return note instanceof ChangeNote.Defined defined
                && defined.definition().kind() == Definition.Kind.CREATE;
    }

    // ---- Names

    /** Where a collection is renamed, the documents of the commit still have the former name. */
    private void learnNames(ChangeBatch batch, List<ChangeNote> definitions) {
        Set<Integer> renamed = new HashSet<>();
        for (ChangeNote note : definitions) {
            if (note instanceof ChangeNote.Renamed rename) {
                renamed.add(rename.id());
            }
        }
        for (KeyChange change : batch.changes()) {
            if (change instanceof KeyChange.Put put) {
                Optional<Namespace> namespace = Keyspace.collectionEntryOf(put.key());
                if (namespace.isPresent()) {
                    int id = CollectionEntry.idOf(DocumentCodec.decode(put.value()));
                    if (!renamed.contains(id)) {
                        names.put(id, namespace.get());
                    }
                }
            }
        }
    }

    private void forgetNames(ChangeBatch batch) {
        for (KeyChange change : batch.changes()) {
            if (change instanceof KeyChange.Retire retire) {
                Keyspace.collectionOfPrefix(retire.prefix()).ifPresent(names::forget);
            }
        }
    }

    // ---- Collections

    private void changed(ChangeNote note, Numbered numbered) {
        switch (note) {
            case ChangeNote.Dropped dropped -> dropped(dropped.namespace(), numbered);
            case ChangeNote.Renamed renamed -> renamed(renamed, numbered);
            case ChangeNote.Defined defined -> defined(defined, numbered);
            default -> throw new AssertionError("a note of a document");
        }
    }

    private void defined(ChangeNote.Defined note, Numbered numbered) {
        Namespace namespace = note.namespace();
        Definition definition = note.definition();
        boolean isShown = options.showsExpandedEvents() && scope.includes(namespace);
        numbered.addIf(
                isShown,
                () -> {
                    DocumentBuilder content =
                            numbered.named(definition.kind().text(), namespace)
                                    .put("operationDescription", definition.description());
                    if (!definition.before().isEmpty()) {
                        content.put("stateBeforeChange", definition.before());
                    }
                    return content.build();
                });
    }

    private void dropped(Namespace namespace, Numbered numbered) {
        numbered.addIf(scope.includes(namespace), () -> numbered.named("drop", namespace).build());
        invalidateIf(scope.is(namespace), numbered);
    }

    private void renamed(ChangeNote.Renamed note, Numbered numbered) {
        names.put(note.id(), note.to());
        boolean isShown = scope.includes(note.from()) || scope.includes(note.to());
        numbered.addIf(isShown, () -> rename(note, numbered));
        invalidateIf(scope.is(note.from()) || scope.is(note.to()), numbered);
    }

    private Document rename(ChangeNote.Renamed note, Numbered numbered) {
        Document to = ChangeEvent.name(note.to());
        DocumentBuilder content = numbered.named("rename", note.from()).put("to", to);
        if (options.showsExpandedEvents()) {
            Document description = Document.of("to", to);
            content.put(
                    "operationDescription",
                    note.target().isPresent()
                            ? description.with("dropTarget", Value.of(true))
                            : description);
        }
        return content.build();
    }

    private void droppedDatabases(ChangeBatch batch, Numbered numbered) {
        for (KeyChange change : batch.changes()) {
            if (change instanceof KeyChange.Remove remove) {
                Keyspace.databaseOf(remove.key()).ifPresent(name -> dropped(name, numbered));
            }
        }
    }

    private void dropped(String database, Numbered numbered) {
        boolean isShown = scope.collection().isEmpty() && scope.includes(database);
        numbered.addIf(
                isShown,
                () ->
                        ChangeEvent.begin("dropDatabase", numbered.batch)
                                .put("ns", Document.of("db", Value.of(database)))
                                .build());
        invalidateIf(scope.is(database), numbered);
    }

    private static void invalidateIf(boolean isEnd, Numbered numbered) {
        if (isEnd) {
            numbered.add(() -> ChangeEvent.begin("invalidate", numbered.batch).build(), true);
        } else {
            numbered.skip();
        }
    }

    // ---- Documents

    /** The collection of a document's key, if the stream watches it. */
    private Optional<Namespace> watched(byte[] key) {
        OptionalInt id = Keyspace.collectionOf(key);
        return id.isEmpty() ? Optional.empty() : names.find(id.getAsInt()).filter(scope::includes);
    }

    private void put(KeyChange.Put put, DocumentNotes notes, Numbered numbered) {
        Optional<Namespace> namespace = watched(put.key());
        numbered.addIf(namespace.isPresent(), () -> written(put, namespace.get(), notes, numbered));
    }

    private Document written(
            KeyChange.Put put, Namespace namespace, DocumentNotes notes, Numbered numbered) {
        Document after = DocumentCodec.decode(put.value());
        Optional<List<PathChange>> changes = notes.changes(put.key());
        String type =
                changes.isPresent() ? "update" : notes.isReplaced(put.key()) ? "replace" : "insert";
        DocumentBuilder content = numbered.named(type, namespace);
        content.put("documentKey", Document.of("_id", after.get("_id")));
        if (changes.isEmpty()) {
            content.put("fullDocument", after);
        } else {
            content.put(
                    "updateDescription",
                    UpdateDescription.of(changes.get(), after, options.showsExpandedEvents()));
            images.after(namespace, put.key(), after)
                    .ifPresent(value -> content.put("fullDocument", value));
        }
        if (!type.equals("insert")) {
            addBefore(content, notes, put.key());
        }
        return content.build();
    }

    private void removed(KeyChange.Remove remove, DocumentNotes notes, Numbered numbered) {
        Optional<Namespace> namespace = watched(remove.key());
        numbered.addIf(
                namespace.isPresent(), () -> deleted(remove, namespace.get(), notes, numbered));
    }

    private Document deleted(
            KeyChange.Remove remove, Namespace namespace, DocumentNotes notes, Numbered numbered) {
        Value id =
                notes.id(remove.key())
                        .orElseGet(() -> KeyCodec.decode(Keyspace.idKey(remove.key())));
        DocumentBuilder content = numbered.named("delete", namespace);
        content.put("documentKey", Document.of("_id", id));
        addBefore(content, notes, remove.key());
        return content.build();
    }

    private void addBefore(DocumentBuilder content, DocumentNotes notes, byte[] key) {
        images.before(notes.before(key))
                .ifPresent(value -> content.put("fullDocumentBeforeChange", value));
    }
}
