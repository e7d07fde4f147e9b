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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes events of what a commit wrote: first the collections that it created, then documents by
 * key, then what it dropped or renamed. Every reader counts them alike, whatever it watches, so
 * that the count can stand in a resume token. Not thread-safe.
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

        void add(DocumentBuilder content) {
            add(content.build(), false);
        }

        void add(Document content, boolean isInvalidation) {
            ResumeToken token = new ResumeToken(batch.token(), count, isInvalidation);
            events.add(new ChangeEvent(token, content));
            count++;
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
        created(batch, definitions, numbered);
        for (KeyChange change : batch.changes()) {
            switch (change) {
                case KeyChange.Put put -> put(put, notes, numbered);
                case KeyChange.Remove remove -> removed(remove, notes, numbered);
                case KeyChange.Retire retire -> {
                    continue; // a drop, of which a note tells
                }
            }
        }
        definitions.forEach(note -> defined(note, numbered));
        droppedDatabases(batch, numbered);
        return numbered.events;
    }

    // ---- Collections

    private void created(ChangeBatch batch, List<ChangeNote> definitions, Numbered numbered) {
        for (KeyChange change : batch.changes()) {
            if (change instanceof KeyChange.Put put) {
                Keyspace.collectionEntryOf(put.key())
                        .ifPresent(name -> created(name, put.value(), definitions, numbered));
            }
        }
    }

    private void created(
            Namespace namespace, byte[] entry, List<ChangeNote> definitions, Numbered numbered) {
        int id = CollectionEntry.idOf(DocumentCodec.decode(entry));
        boolean isRenamed =
                definitions.stream()
                        .anyMatch(
                                note ->
                                        note instanceof ChangeNote.Renamed renamed
                                                && renamed.id() == id);
        if (isRenamed) {
            return; // the documents of this commit still came under the former name
        }
        boolean isNew = names.find(id).isEmpty();
        boolean isShown = isNew && options.showsExpandedEvents() && scope.includes(namespace);
        addIf(isShown, numbered, named("create", namespace, numbered));
        names.put(id, namespace);
    }

    private static DocumentBuilder named(String type, Namespace namespace, Numbered numbered) {
        return ChangeEvent.begin(type, numbered.batch).put("ns", ChangeEvent.name(namespace));
    }

    private static void addIf(boolean isShown, Numbered numbered, DocumentBuilder content) {
        if (isShown) {
            numbered.add(content);
        } else {
            numbered.skip();
        }
    }

    private void defined(ChangeNote note, Numbered numbered) {
        switch (note) {
            case ChangeNote.Dropped dropped -> dropped(dropped.namespace(), numbered);
            case ChangeNote.Renamed renamed -> renamed(renamed, numbered);
            default -> throw new AssertionError("a note of a document");
        }
    }

    private void dropped(Namespace namespace, Numbered numbered) {
        addIf(scope.includes(namespace), numbered, named("drop", namespace, numbered));
        invalidateIf(scope.is(namespace), numbered);
    }

    private void renamed(ChangeNote.Renamed renamed, Numbered numbered) {
        names.put(renamed.id(), renamed.to());
        boolean isShown = scope.includes(renamed.from()) || scope.includes(renamed.to());
        DocumentBuilder content = named("rename", renamed.from(), numbered);
        addIf(isShown, numbered, content.put("to", ChangeEvent.name(renamed.to())));
        invalidateIf(scope.is(renamed.from()) || scope.is(renamed.to()), numbered);
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
        addIf(
                isShown,
                numbered,
                ChangeEvent.begin("dropDatabase", numbered.batch)
                        .put("ns", Document.of("db", Value.of(database))));
        invalidateIf(scope.is(database), numbered);
    }

    private static void invalidateIf(boolean isEnd, Numbered numbered) {
        if (isEnd) {
            numbered.add(ChangeEvent.begin("invalidate", numbered.batch).build(), true);
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
        if (namespace.isEmpty()) {
            numbered.skip();
            return;
        }
        Document after = DocumentCodec.decode(put.value());
        Optional<List<String>> paths = notes.changedPaths(put.key());
        String type =
                paths.isPresent() ? "update" : notes.isReplaced(put.key()) ? "replace" : "insert";
        DocumentBuilder content = named(type, namespace.get(), numbered);
        content.put("documentKey", Document.of("_id", after.get("_id")));
        if (paths.isEmpty()) {
            content.put("fullDocument", after);
        } else {
            content.put("updateDescription", UpdateDescription.of(paths.get(), after));
            images.after(namespace.get(), put.key(), after)
                    .ifPresent(value -> content.put("fullDocument", value));
        }
        if (!type.equals("insert")) {
            addBefore(content, notes, put.key());
        }
        numbered.add(content);
    }

    private void removed(KeyChange.Remove remove, DocumentNotes notes, Numbered numbered) {
        Optional<Namespace> namespace = watched(remove.key());
        if (namespace.isEmpty()) {
            numbered.skip();
            return;
        }
        Value id =
                notes.id(remove.key())
                        .orElseGet(() -> KeyCodec.decode(Keyspace.idKey(remove.key())));
        DocumentBuilder content = named("delete", namespace.get(), numbered);
        content.put("documentKey", Document.of("_id", id));
        addBefore(content, notes, remove.key());
        numbered.add(content);
    }

    private void addBefore(DocumentBuilder content, DocumentNotes notes, byte[] key) {
        images.before(notes.before(key))
                .ifPresent(value -> content.put("fullDocumentBeforeChange", value));
    }
}
