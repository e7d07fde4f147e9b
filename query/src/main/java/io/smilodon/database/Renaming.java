package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import java.util.Map;
import java.util.Optional;

/** Gives a collection another name. Thread-safe. */
final class Renaming {

    static final ErrorCode INDEX_IS_BUILT =
            new ErrorCode(12587, "BackgroundOperationInProgressForNamespace");

    private final Access access;
    private final Instance instance;
    private final Namespace from;

    Renaming(Access access, Namespace from) {
        this.access = access;
        this.instance = access.instance();
        this.from = from;
    }

    void run(Namespace to, boolean dropsTarget) {
        access.requireNewest("renameCollection");
        check(to);
        Renamed renamed =
                instance.transactions()
                        .run(transaction -> Attempt.commit(rename(to, dropsTarget, transaction)))
                        .result();
        instance.endReaders(renamed.source);
        renamed.replaced.ifPresent(instance::replaced);
    }

    /**
     * What a renaming has done.
     *
     * @param source the collection, as it was
     * @param replaced the one that had the name
     */
    private record Renamed(CollectionEntry source, Optional<CollectionEntry> replaced) {}

    private void check(Namespace to) {
        if (from.equals(to)) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION,
                    "Can't rename a collection to itself",
                    Map.of("namespace", from));
        }
        if (from.isSystem() || to.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "cannot rename to or from a system collection",
                    Map.of("from", from, "to", to));
        }
    }

    private Renamed rename(Namespace to, boolean dropsTarget, Transaction transaction) {
        Catalog catalog = instance.catalog();
        CollectionEntry source = catalog.find(from, transaction).orElseThrow(this::notFound);
        if (source.isView()) {
            throw new SmilodonException(
                    ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW,
                    "cannot rename a view",
                    Map.of("namespace", from));
        }
        if (!source.indexes().stream().allMatch(IndexEntry::isReady)) {
            throw new SmilodonException(
                    INDEX_IS_BUILT,
                    "cannot perform operation: an index build is currently running for the"
                            + " collection",
                    Map.of("namespace", from));
        }
        Optional<CollectionEntry> target = catalog.find(to, transaction);
        if (target.isPresent()) {
            checkReplaceable(target.get(), dropsTarget);
            catalog.drop(target.get(), transaction);
        }
        catalog.rename(source, to, transaction);
        DefinitionNotes.renamed(source, to, target, transaction);
        return new Renamed(source, target);
    }

    /** A view is never dropped for a collection. */
    private static void checkReplaceable(CollectionEntry target, boolean dropsTarget) {
        if (target.isView()) {
            throw new SmilodonException(
                    ErrorCode.NAMESPACE_EXISTS,
                    "a view already exists with that name",
                    Map.of("namespace", target.namespace()));
        }
        if (!dropsTarget) {
            throw new SmilodonException(
                    ErrorCode.NAMESPACE_EXISTS,
                    "target namespace exists",
                    Map.of("namespace", target.namespace()));
        }
    }

    private SmilodonException notFound() {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND,
                "Source collection does not exist",
                Map.of("namespace", from));
    }
}
