package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills an index that is kept by writes already with the documents from before, then opens it to
 * readers. Each part guards the documents that it reads: what others change meanwhile is either
 * seen by the part or makes it run again. A failure discards the index. Thread-safe.
 */
final class IndexFilling {

    private static final int PART_COUNT = 1_000;

    private static final ErrorCode INDEX_BUILD_ABORTED = new ErrorCode(276, "IndexBuildAborted");

    private final Instance instance;
    private final Namespace namespace;
    private final CollectionWrites writes;

    IndexFilling(Instance instance, Namespace namespace) {
        this.instance = instance;
        this.namespace = namespace;
        this.writes = new CollectionWrites(instance.newest(), namespace);
    }

    void run(IndexEntry index) {
        int indexId = index.definition().id();
        try {
            fill(indexId);
            open(indexId);
        } catch (RuntimeException failure) {
            discard(indexId, failure);
            throw failure;
        }
    }

    private void fill(int indexId) {
        try (Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry =
                    instance.catalog().find(namespace, snapshot).orElseThrow(this::aborted);
            KeyRange documents = KeyRange.prefix(Keyspace.documents(entry.id()));
            long total = instance.newest().estimate(entry, snapshot);
            long done = 0;
            try (KeyCursor cursor = snapshot.cursor(documents, Direction.FORWARD)) {
                List<Value> ids = new ArrayList<>();
                while (cursor.advance()) {
                    ids.add(DocumentCodec.decode(cursor.value()).get(DocumentRules.ID));
                    if (ids.size() == PART_COUNT) {
                        fillPart(indexId, ids);
                        ids.clear();
                        done += PART_COUNT;
                        OperationScope.progress(done, Math.max(done, total));
                    }
                }
                fillPart(indexId, ids);
            }
        }
    }

    private void fillPart(int indexId, List<Value> ids) {
        SteppedWrites.Part<Boolean> part =
                new SteppedWrites<Value, Boolean>(
                                work -> writes.run(0, work).orElseThrow(this::aborted).result(),
                                (writer, id) -> index(writer, indexId, id),
                                SteppedWrites.Mode.ORDERED)
                        .run(ids);
        if (!part.failures().isEmpty()) {
            throw part.failures().get(part.failures().firstKey());
        }
    }

    private boolean index(CollectionWriter writer, int indexId, Value id) {
        IndexEntry index = writer.entry().index(indexId).orElseThrow(this::aborted);
        writer.guard(id);
        Optional<StoredDocument> stored = writer.find(id);
        stored.ifPresent(document -> writer.index(index, document.document()));
        return stored.isPresent();
    }

    private void open(int indexId) {
        change(
                indexId,
                (entry, index, transaction) -> {
                    instance.catalog().put(entry.replacing(index.ready()), transaction);
                    DefinitionNotes.indexCreated(entry, index, transaction);
                });
    }

    private void discard(int indexId, RuntimeException failure) {
        try {
            change(
                    indexId,
                    (entry, index, transaction) ->
                            instance.catalog().dropIndex(entry, index, transaction));
        } catch (SmilodonException impossible) {
            // Nobody reads it, and the next opening discards it; the first failure is the cause.
            failure.addSuppressed(impossible);
        }
    }

    /** A change of the catalog's entry of the index. */
    private interface Change {
        void make(CollectionEntry entry, IndexEntry index, Transaction transaction);
    }

    private void change(int indexId, Change change) {
        instance.transactions()
                .run(
                        transaction -> {
                            CollectionEntry entry =
                                    instance.catalog()
                                            .find(namespace, transaction)
                                            .orElseThrow(this::aborted);
                            IndexEntry index = entry.index(indexId).orElseThrow(this::aborted);
                            change.make(entry, index, transaction);
                            return Attempt.commit(indexId);
                        });
    }

    private SmilodonException aborted() {
        return new SmilodonException(
                INDEX_BUILD_ABORTED,
                "The index or its collection was dropped while the index was built",
                Map.of("namespace", namespace));
    }
}
