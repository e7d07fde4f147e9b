package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.stream.ChangeNote;
import io.smilodon.database.stream.PathChange;
import io.smilodon.database.stream.UpdateDescription;
import io.smilodon.engine.codec.KeyWriter;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.update.Replacement;
import io.smilodon.query.update.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Leaves in the log what change streams want to know of writes. Not thread-safe. */
final class WriteNotes {

    private final Transaction transaction;
    private final boolean keepsBefore;
    private final boolean isCollated;

    /** The documents that were written, in order. */
    private final List<byte[]> keys = new ArrayList<>();

    private boolean isSorted = true;

    WriteNotes(CollectionEntry entry, Transaction transaction) {
        this.transaction = transaction;
        this.keepsBefore = entry.options().keepsImages();
        this.isCollated = !entry.collation().isSimple();
    }

    void inserted(byte[] key) {
        wrote(key);
    }

    private void wrote(byte[] key) {
        isSorted &= keys.isEmpty() || Arrays.compareUnsigned(keys.getLast(), key) < 0;
        keys.add(key);
    }

    /**
     * All is written.
     *
     * @param isPart whether other statements may belong to the same transaction
     */
    void finish(boolean isPart) {
        if (!keys.isEmpty() && (isPart || !isSorted)) {
            transaction.note(new ChangeNote.Order(keys).encode());
        }
    }

    void replaced(byte[] key, StoredDocument before, Document after, Update update) {
        boolean isOwn = before.version() > transaction.snapshotSequence();
        ChangeNote note =
                update instanceof Replacement
                        ? new ChangeNote.Replaced(key, isOwn)
                        : new ChangeNote.Updated(key, isOwn, changes(before, after, update));
        transaction.note(note.encode());
        keep(key, before, isOwn);
        wrote(key);
    }

    private static List<PathChange> changes(StoredDocument before, Document after, Update update) {
        Document document = before.document();
        return update.touchedPaths()
                .map(paths -> UpdateDescription.changes(document, after, paths))
                .orElseGet(() -> UpdateDescription.changes(document, after));
    }

    void removed(byte[] key, StoredDocument before) {
        Value id = before.document().get("_id");
        boolean isOwn = before.version() > transaction.snapshotSequence();
        boolean isExact =
                new KeyWriter().append(id).typeBits().length == 0
                        && !(isCollated && ValueOrder.holdsText(id));
        if (isOwn || !isExact) {
            transaction.note(new ChangeNote.Removed(key, id).encode());
        }
        keep(key, before, isOwn);
        wrote(key);
    }

    private void keep(byte[] key, StoredDocument before, boolean isOwn) {
        if (keepsBefore && !isOwn) {
            transaction.note(new ChangeNote.Before(key, before.document()).encode());
        }
    }
}
