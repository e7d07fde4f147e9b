package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;

/** Drops one collection with its indexes. Used once. */
final class Dropping {

    private final Access access;
    private final Instance instance;
    private final Namespace namespace;

    /** What was there when it was tried last: a conflict makes it try again. */
    private Optional<CollectionEntry> dropped = Optional.empty();

    Dropping(Access access, Namespace namespace) {
        this.access = access;
        this.instance = access.instance();
        this.namespace = namespace;
    }

    /** Drops it; tells whether there was one. */
    boolean run() {
        check();
        access.write(0, this::attempt);
        return isForgotten();
    }

    /** The same together with the document of this id in another collection: both go or none. */
    boolean runWith(CollectionWrites about, Value id) {
        check();
        about.checkWritable();
        Optional<Done<Boolean>> done =
                about.run(
                        0,
                        writer -> {
                            Optional<StoredDocument> document = writer.find(id);
                            document.ifPresent(writer::delete);
                            boolean isGone = attempt(writer.view()).result();
                            return new Attempt<>(isGone, isGone || document.isPresent());
                        });
        return done.isEmpty() ? run() : isForgotten();
    }

    private Attempt<Boolean> attempt(Transaction transaction) {
        dropped = instance.catalog().find(namespace, transaction);
        dropped.ifPresent(entry -> DefinitionNotes.dropped(entry, transaction));
        dropped.ifPresent(entry -> instance.catalog().drop(entry, transaction));
        return new Attempt<>(dropped.isPresent(), dropped.isPresent());
    }

    private boolean isForgotten() {
        dropped.ifPresent(instance::forget);
        return dropped.isPresent();
    }

    /** Of the server's own collections users may drop that of the profiler, once it rests. */
    private void check() {
        access.requireNewest("drop");
        boolean isProfile = namespace.collection().equals(Profile.COLLECTION);
        if (namespace.isSystem() && !isProfile) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "cannot drop system collection",
                    Map.of("namespace", namespace));
        }
        if (isProfile && instance.operations().slow().level(namespace.database()) > 0) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "turn off profiling before dropping system.profile collection",
                    Map.of("namespace", namespace));
        }
    }
}
