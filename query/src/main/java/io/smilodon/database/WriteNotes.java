package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.stream.ChangeNote;
import io.smilodon.database.stream.UpdateDescription;
import io.smilodon.engine.codec.KeyWriter;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.update.Replacement;
import io.smilodon.query.update.Update;
import java.util.List;

/** Leaves in the log what change streams want to know of writes. Not thread-safe. */
final class WriteNotes {

    private final Transaction transaction;
    private final boolean keepsBefore;
    private final boolean isCollated;

    WriteNotes(CollectionEntry entry, Transaction transaction) {
        this.transaction = transaction;
        this.keepsBefore = entry.options().keepsImages();
        this.isCollated = !entry.collation().isSimple();
    }

    void replaced(byte[] key, StoredDocument before, Document after, Update update) {
        boolean isOwn = before.version() > transaction.snapshotSequence();
        ChangeNote note =
                update instanceof Replacement
                        ? new ChangeNote.Replaced(key, isOwn)
                        : new ChangeNote.Updated(key, isOwn, paths(before, after, update));
        transaction.note(note.encode());
        keep(key, before, isOwn);
    }

    private static List<String> paths(StoredDocument before, Document after, Update update) {
        return update.changedPaths()
                .map(paths -> UpdateDescription.changed(before.document(), after, paths))
                .orElseGet(() -> UpdateDescription.changed(before.document(), after));
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
    }

    private void keep(byte[] key, StoredDocument before, boolean isOwn) {
        if (keepsBefore && !isOwn) {
            transaction.note(new ChangeNote.Before(key, before.document()).encode());
        }
    }
}
