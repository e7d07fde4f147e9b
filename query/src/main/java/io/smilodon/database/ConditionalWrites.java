package io.smilodon.database;

import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.update.DocumentRules;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes of one document by its {@code _id}, if it is as the caller last saw it. Thread-safe. */
final class ConditionalWrites {

    private final CollectionWrites writes;

    ConditionalWrites(CollectionWrites writes) {
        this.writes = writes;
    }

    ConditionalWriteResult replace(Value id, Document replacement, Precondition precondition) {
        DocumentRules.checkId(Document.of(DocumentRules.ID, id), Location.ROOT);
        return write(
                id,
                precondition,
                Modification.replacement(
                        writes.filled(replacement), UpdateOptions.DEFAULTS.withUpsert(true)));
    }

    ConditionalWriteResult update(Value id, Value update, Precondition precondition) {
        Document filter = Document.of(DocumentRules.ID, id);
        Modification change = Modification.operators(filter, update, UpdateOptions.DEFAULTS);
        return write(id, precondition, change);
    }

    ConditionalWriteResult delete(Value id, Precondition precondition) {
        return write(id, precondition, Modification.deletion(DeleteOptions.DEFAULTS));
    }

    private ConditionalWriteResult write(
            Value id, Precondition precondition, Modification modification) {
        writes.checkWritable();
        Function<CollectionWriter, Attempt<ConditionalWriteResult>> work =
                writer -> attempt(writer, id, precondition, modification);
        Optional<Done<ConditionalWriteResult>> done = writes.run(0, work);
        if (done.isEmpty() && !precondition.holds(OptionalLong.empty())) {
            return new ConditionalWriteResult(Outcome.PRECONDITION_FAILED, Optional.empty());
        }
        if (done.isEmpty() && !modification.isUpsert()) {
            return new ConditionalWriteResult(Outcome.NOT_FOUND, Optional.empty());
        }
        return versioned(done.orElseGet(() -> writes.runCreating(0, work)));
    }

    private static Attempt<ConditionalWriteResult> attempt(
            CollectionWriter writer,
            Value id,
            Precondition precondition,
            Modification modification) {
        Optional<StoredDocument> stored = writer.find(id);
        Optional<VersionedDocument> seen =
                stored.map(found -> found.versioned(writer.view().snapshotSequence()));
        if (!precondition.holds(VersionedDocument.versionOf(seen))) {
            return Attempt.abandon(new ConditionalWriteResult(Outcome.PRECONDITION_FAILED, seen));
        }
        Change change =
                stored.map(document -> modification.apply(writer, document))
                        .orElseGet(
                                () ->
                                        modification.applyToNothing(
                                                writer, Document.of(DocumentRules.ID, id)));
        // The version that this write gets is known when it is committed.
        Optional<VersionedDocument> now =
                change.isModified()
                        ? change.after().map(document -> new VersionedDocument(document, 0))
                        : seen;
        return Attempt.commit(new ConditionalWriteResult(outcome(change), now));
    }

    private static Outcome outcome(Change change) {
        if (change.isInsert()) {
            return Outcome.CREATED;
        }
        if (change.before().isEmpty()) {
            return Outcome.NOT_FOUND;
        }
        if (change.after().isEmpty()) {
            return Outcome.DELETED;
        }
        return change.isModified() ? Outcome.REPLACED : Outcome.UNCHANGED;
    }

    private static ConditionalWriteResult versioned(Done<ConditionalWriteResult> done) {
        ConditionalWriteResult result = done.result();
        return switch (result.outcome()) {
            case CREATED, REPLACED ->
                    new ConditionalWriteResult(
                            result.outcome(),
                            result.document()
                                    .map(
                                            stored ->
                                                    new VersionedDocument(
                                                            stored.document(), done.version())));
            case UNCHANGED, DELETED, NOT_FOUND, PRECONDITION_FAILED -> result;
        };
    }
}
