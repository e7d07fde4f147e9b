package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.update.Timestamps;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs writes of one collection, again when others outrun them. Thread-safe. */
final class CollectionWrites {

    private final Access access;
    private final Instance instance;
    private final Namespace namespace;
    private final boolean validates;
    private final boolean fillsTimestamps;

    CollectionWrites(Access access, Namespace namespace) {
        this(access, namespace, true, true);
    }

    private CollectionWrites(
            Access access, Namespace namespace, boolean validates, boolean fillsTimestamps) {
        this.access = access;
        this.instance = access.instance();
        this.namespace = namespace;
        this.validates = validates;
        this.fillsTimestamps = fillsTimestamps;
    }

    /** The same; documents need not obey the collection's rule. */
    CollectionWrites bypassingValidation() {
        return new CollectionWrites(access, namespace, false, fillsTimestamps);
    }

    /** The same; empty timestamps are stored as they are. */
    CollectionWrites keepingEmptyTimestamps() {
        return new CollectionWrites(access, namespace, validates, false);
    }

    /** The same, by another way to the store. */
    CollectionWrites through(Access other) {
        return new CollectionWrites(other, namespace, validates, fillsTimestamps);
    }

    /** Those of another collection, under the same rules. */
    CollectionWrites of(Namespace other) {
        return new CollectionWrites(access, other, validates, fillsTimestamps);
    }

    /** With which documents the request of this thread may do what it does. */
    WriteLimits limits() {
        return WriteLimits.of(namespace);
    }

    Namespace namespace() {
        return namespace;
    }

    /** A whole document as it is to be stored: empty timestamps are those of the request. */
    Document filled(Document document) {
        return fillsTimestamps
                ? Timestamps.fillEmpty(document, OperationScope.instant())
                : document;
    }

    private record Written<T>(T result, CollectionWriter writer, boolean isKept) {}

    /** Whether all that is written is kept or lost together. */
    boolean isWhole() {
        return access.isWhole();
    }

    /** Refuses writes of users to the server's own collections. */
    void checkWritable() {
        access.requireWritable();
        if (namespace.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "cannot write to a system collection",
                    Map.of("namespace", namespace));
        }
    }

    /** Runs work in the collection; empty if there is none. */
    <T> Optional<Done<T>> run(long millisMax, Function<CollectionWriter, Attempt<T>> work) {
        instance.cursors().closeIdle();
        return access.isWhole()
                ? runNow(millisMax, work)
                : instance.cappedTurns().take(namespace, () -> runInTurn(millisMax, work));
    }

    /**
     * A whole does not come here: it makes all its room itself, as what others commit meanwhile
     * would conflict with it, and its turn ends with it.
     */
    private <T> Optional<Done<T>> runInTurn(
            long millisMax, Function<CollectionWriter, Attempt<T>> work) {
        while (true) {
            try {
                return runNow(millisMax, writer -> work.apply(writer.makingRoomInParts()));
            } catch (RoomNeeded needed) {
                if (makeRoom(needed.documents(), needed.bytes()) == 0) {
                    return runNow(millisMax, work); // what is in the way is its own
                }
            }
        }
    }

    /**
     * Removes the oldest documents of a capped collection until so much more fits into it, in
     * transactions of their own, each of a limited size.
     *
     * @return how many were removed
     */
    long makeRoom(long documents, long bytes) {
        long removed = 0;
        long part;
        do {
            OperationScope.checkCurrent();
            part =
                    run(0, writer -> makePartOfRoom(writer, documents, bytes))
                            .map(Done::result)
                            .orElse(0L);
            removed += part;
        } while (part > 0);
        return removed;
    }

    private static Attempt<Long> makePartOfRoom(
            CollectionWriter writer, long documents, long bytes) {
        writer.makeRoom(documents, bytes);
        return new Attempt<>(writer.evictedCount(), writer.evictedCount() > 0);
    }

    private <T> Optional<Done<T>> runNow(
            long millisMax, Function<CollectionWriter, Attempt<T>> work) {
        Done<Optional<Written<T>>> done =
                access.write(
                        millisMax,
                        transaction ->
                                instance.catalog()
                                        .find(namespace, transaction)
                                        .map(entry -> writer(entry, transaction))
                                        .map(writer -> attempt(writer, work))
                                        .orElse(Attempt.abandon(Optional.empty())));
        done.result().filter(Written::isKept).ifPresent(written -> access.written(written.writer));
        return done.result().map(written -> new Done<>(written.result, done.version()));
    }

    private CollectionWriter writer(CollectionEntry entry, Transaction transaction) {
        Views.requireStored(entry);
        if (entry.isCapped()) {
            access.requireCappedWrites(namespace);
            instance.cappedTurns().begin(namespace);
        }
        Validator validator = validates ? instance.validators().of(entry) : Validator.NONE;
        return new CollectionWriter(instance.catalog(), entry, validator, transaction)
                .announcingTo(access::beforeWriting);
    }

    /** Refuses to write to a view, for who would first look whether there is anything to write. */
    void refuseView() {
        try (Snapshot snapshot = access.snapshot()) {
            instance.catalog().find(namespace, snapshot).ifPresent(Views::requireStored);
        }
    }

    private <T> Attempt<Optional<Written<T>>> attempt(
            CollectionWriter writer, Function<CollectionWriter, Attempt<T>> work) {
        OperationScope.checkCurrent();
        Attempt<T> attempt = work.apply(writer);
        if (attempt.commits()) {
            writer.finish(access.isWhole());
        }
        return new Attempt<>(
                Optional.of(new Written<>(attempt.result(), writer, attempt.commits())),
                attempt.commits());
    }

    /** Runs work in the collection, which is created if there is none. */
    <T> Done<T> runCreating(long millisMax, Function<CollectionWriter, Attempt<T>> work) {
        long startNanos = System.nanoTime();
        while (true) {
            Optional<Done<T>> done = run(millisMax, work);
            if (done.isPresent()) {
                return done.get();
            }
            if (System.nanoTime() - startNanos > Limits.TRANSACTION_MILLIS_MAX * 1_000_000) {
                throw new SmilodonException(
                        ErrorCode.WRITE_CONFLICT,
                        "The collection is dropped again and again",
                        Map.of("namespace", namespace));
            }
            access.beforeCreating(namespace);
            new Definitions(access).ensureCollection(namespace);
        }
    }
}
