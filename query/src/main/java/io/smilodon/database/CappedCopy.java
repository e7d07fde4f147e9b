package io.smilodon.database;

import io.smilodon.database.catalog.Cap;
import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeNote;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies the newest documents of a collection, in its natural order, to a capped one without
 * indexes, which then takes a name: that of the collection itself, or another that is free. A crash
 * before that leaves everything as it was. Thread-safe.
 */
final class CappedCopy {

    private static final int PART_COUNT = 1_000;

    /** How often the collection may change under its copy until that is given up. */
    private static final int ATTEMPTS_MAX = 5;

    private final Access access;
    private final Instance instance;
    private final Catalog catalog;
    private final Definitions definitions;
    private final Namespace source;
    private final long bytesMax;

    CappedCopy(Access access, Namespace source, long bytesMax) {
        this.access = access;
        this.instance = access.instance();
        this.catalog = instance.catalog();
        this.definitions = new Definitions(access);
        this.source = source;
        this.bytesMax = bytesMax;
        if (bytesMax <= 0) {
            throw new SmilodonException(
                    ErrorCode.INVALID_OPTIONS,
                    "Capped collection size must be greater than zero",
                    Map.of("actual", bytesMax));
        }
    }

    /** Puts the copy in the place of the collection; its indexes are gone then, as in MongoDB. */
    void replaceSource() {
        access.requireNewest("convertToCapped");
        copyAgain(source);
    }

    /** Gives the copy another name. */
    void to(Namespace target) {
        access.requireNewest("cloneCollectionAsCapped");
        copyAgain(target);
    }

    private void copyAgain(Namespace target) {
        requireUsers(target);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (copy(target)) {
                return;
            }
        }
        throw new SmilodonException(
                ErrorCode.WRITE_CONFLICT,
                "The collection is written to again and again",
                Map.of("namespace", source));
    }

    private static void requireUsers(Namespace namespace) {
        if (namespace.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "cannot write to a system collection",
                    Map.of("namespace", namespace));
        }
    }

    /** Returns false, and leaves nothing behind, if the source has changed meanwhile. */
    private boolean copy(Namespace target) {
        Namespace beside = definitions.temporaryName(source.database());
        try (Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry =
                    catalog.find(source, snapshot).orElseThrow(() -> notFound(source));
            Views.requireCollection(entry);
            requireFree(target, snapshot);
            definitions.ensureSystem(beside, options(entry));
            copyDocuments(entry, snapshot, beside);
            boolean isDone = takeName(beside, target, new Copied(entry, snapshot));
            if (!isDone) {
                definitions.dropTemporary(beside);
            }
            return isDone;
        } catch (RuntimeException failure) {
            definitions.dropTemporary(beside);
            throw failure;
        }
    }

    /** Those of the collection, but for the size. */
    private CollectionOptions options(CollectionEntry entry) {
        CollectionOptions options = entry.options();
        return options.withCap(
                options.cap()
                        .map(before -> before.withBytesMax(bytesMax))
                        .orElseGet(() -> new Cap(bytesMax, 0)));
    }

    private void requireFree(Namespace target, ReadView view) {
        if (!target.equals(source) && catalog.find(target, view).isPresent()) {
            throw new SmilodonException(
                    ErrorCode.NAMESPACE_EXISTS,
                    "collection already exists",
                    Map.of("namespace", target));
        }
    }

    private static SmilodonException notFound(Namespace namespace) {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND,
                "source collection does not exist",
                Map.of("namespace", namespace));
    }

    /** What would have to make room at once is left out, as far as that is known. */
    private void copyDocuments(CollectionEntry entry, Snapshot snapshot, Namespace beside) {
        OrderedInserts inserts =
                new OrderedInserts(
                        new CollectionWrites(access, beside).bypassingValidation(),
                        () -> notFound(beside));
        long excess = instance.sizes().total(entry, snapshot).bytes() - bytesMax;
        List<Document> part = new ArrayList<>();
        StoredView stored = new StoredView(entry, snapshot);
        try (Cursor documents = stored.scanNatural(Direction.FORWARD)) {
            while (documents.advance()) {
                OperationScope.checkCurrent();
                Document document = documents.current();
                if (excess > 0) {
                    excess -= DocumentCodec.encode(document).length;
                    continue;
                }
                part.add(document);
                if (part.size() == PART_COUNT) {
                    inserts.run(part);
                    part.clear();
                }
            }
        }
        inserts.run(part);
    }

    /** The collection, and the state of it, that was copied. */
    private record Copied(CollectionEntry entry, Snapshot snapshot) {}

    private boolean takeName(Namespace beside, Namespace target, Copied copied) {
        Optional<CollectionEntry> replaced = Optional.empty();
        try (Transaction transaction = instance.store().begin(TransactionOptions.SERIALIZABLE)) {
            CollectionEntry written =
                    catalog.find(beside, transaction).orElseThrow(() -> notFound(beside));
            if (target.equals(source)) {
                replaced = catalog.find(source, transaction);
                if (replaced.isEmpty() || !isSame(replaced.get(), copied, transaction)) {
                    return false;
                }
                ChangeNote dropped = new ChangeNote.Dropped(replaced.get().id(), source);
                transaction.note(dropped.encode());
                catalog.drop(replaced.get(), transaction);
            } else {
                requireFree(target, transaction);
            }
            catalog.rename(written, target, transaction);
            transaction.commit();
        } catch (SmilodonException failure) {
            if (failure.code().equals(ErrorCode.WRITE_CONFLICT)) {
                return false;
            }
            throw failure;
        }
        replaced.ifPresent(instance::replaced);
        instance.cappedTurns().end(beside);
        return true;
    }

    /** Whether the collection is as it was; the transaction fails if it changes afterwards. */
    private static boolean isSame(CollectionEntry now, Copied copied, Transaction transaction) {
        if (now.id() != copied.entry.id()) {
            return false;
        }
        KeyRange documents = KeyRange.prefix(Keyspace.documents(now.id()));
        try (KeyCursor before = copied.snapshot.cursor(documents, Direction.FORWARD);
                KeyCursor after = transaction.cursor(documents, Direction.FORWARD)) {
            while (before.advance()) {
                OperationScope.checkCurrent();
                if (!after.advance()
                        || !Arrays.equals(before.key(), after.key())
                        || !Arrays.equals(before.value(), after.value())) {
                    return false;
                }
            }
            return !after.advance();
        }
    }
}
