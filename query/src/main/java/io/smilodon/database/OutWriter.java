package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a collection beside the one that it replaces, with the same options and indexes, and gives
 * it the other's name in one transaction: readers see the old one or the new one. After a crash
 * before that the old one is there, and the next opening drops what was written beside it.
 */
final class OutWriter implements OutputWriter {

    private final Access access;
    private final Instance instance;
    private final Catalog catalog;
    private final Namespace target;
    private final CollectionWrites writes;
    private final Definitions definitions;
    private final Namespace beside;
    private Optional<CollectionEntry> before = Optional.empty();

    /**
     * @param source writes of another collection under the same rules
     */
    OutWriter(Access access, Namespace target, CollectionWrites source) {
        this.access = access;
        this.instance = access.instance();
        this.catalog = instance.catalog();
        this.target = target;
        this.definitions = new Definitions(access);
        this.beside = definitions.temporaryName(target.database());
        this.writes = source.of(beside);
    }

    @Override
    public void begin() {
        before = access.write(0, this::createBeside).result();
    }

    private Attempt<Optional<CollectionEntry>> createBeside(Transaction transaction) {
        Optional<CollectionEntry> existing = catalog.find(target, transaction);
        existing.ifPresent(Views::requireCollection);
        existing.ifPresent(OutWriter::refuseCapped);
        catalog.createLike(existing, beside, transaction);
        return Attempt.commit(existing);
    }

    private static void refuseCapped(CollectionEntry target) {
        if (target.isCapped()) {
            throw new SmilodonException(
                    ErrorCode.location(17152),
                    "namespace '" + target.namespace() + "' is capped so it can't be used for $out",
                    Map.of("namespace", target.namespace()));
        }
    }

    @Override
    public void write(List<Document> documents) {
        new OrderedInserts(writes, this::gone).run(documents.stream().map(writes::filled).toList());
    }

    private SmilodonException gone() {
        return new SmilodonException(
                ErrorCode.COMMAND_FAILED,
                "The database was dropped while $out was written",
                Map.of("namespace", target));
    }

    @Override
    public void finish() {
        Optional<CollectionEntry> replaced = access.write(0, this::takePlace).result();
        replaced.ifPresent(instance::replaced);
    }

    private Attempt<Optional<CollectionEntry>> takePlace(Transaction transaction) {
        CollectionEntry written = catalog.find(beside, transaction).orElseThrow(this::gone);
        Optional<CollectionEntry> now = catalog.find(target, transaction);
        if (!shape(now).equals(shape(before))) {
            throw new SmilodonException(
                    ErrorCode.COMMAND_FAILED,
                    "options or indexes of the target collection changed while processing $out",
                    Map.of("namespace", target));
        }
        now.ifPresent(entry -> catalog.drop(entry, transaction));
        catalog.rename(written, target, transaction);
        DefinitionNotes.renamed(written, target, now, transaction);
        return Attempt.commit(now);
    }

    /** What must stay as it was, of a collection that need not have been there. */
    private static List<Object> shape(Optional<CollectionEntry> entry) {
        return entry.isEmpty()
                ? List.of()
                : List.of(
                        entry.get().options(),
                        entry.get().definitions(),
                        entry.get().searchIndexes());
    }

    @Override
    public void abandon() {
        definitions.dropTemporary(beside);
    }
}
