package io.smilodon.database;

import io.smilodon.database.SteppedWrites.Part;
import io.smilodon.database.catalog.BuildProgress;
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
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.update.DocumentRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Fills an index that is kept by writes already with the documents from before, then opens it to
 * readers. Each part guards the documents that it reads: what others change meanwhile is either
 * seen by the part or makes it run again. A part reads a snapshot of its own, for no snapshot lives
 * as long as a build may take, and is committed with how far it goes: a build that the end of the
 * process cuts short goes on there, see {@link ResumedBuilds}. Any other failure discards the
 * index. Used once; not thread-safe.
 */
final class IndexFilling {

    private static final int PART_COUNT = 1_000;

    /** How often a long build says in the log how far it is. */
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final ErrorCode INDEX_BUILD_ABORTED = new ErrorCode(276, "IndexBuildAborted");

    private final Instance instance;
    private final Namespace namespace;
    private final IndexDefinition index;
    private final CollectionWrites writes;
    private BuildProgress progress = BuildProgress.NOTHING;
    private long toldNanos = System.nanoTime();

    IndexFilling(Instance instance, Namespace namespace, IndexDefinition index) {
        this.instance = instance;
        this.namespace = namespace;
        this.index = index;
        this.writes = new CollectionWrites(instance.newest(), namespace);
    }

    void run() {
        try {
            fill();
            open();
        } catch (SmilodonException failure) {
            if (!failure.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS)) {
                discard(failure);
            }
            throw failure;
        } catch (RuntimeException | AssertionError failure) {
            discard(failure);
            throw failure;
        }
    }

    private void fill() {
        Optional<byte[]> end;
        long total;
        try (Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry =
                    instance.catalog().find(namespace, snapshot).orElseThrow(this::aborted);
            progress = instance.catalog().buildProgress(index.id(), snapshot);
            total = instance.newest().estimate(entry, snapshot);
            end = last(KeyRange.prefix(Keyspace.documents(entry.id())), snapshot);
        }
        List<Value> ids = end.isPresent() ? nextIds(end.get()) : List.of();
        while (!ids.isEmpty()) {
            fillPart(ids);
            tell(Math.max(progress.documents(), total));
            ids = nextIds(end.get());
        }
    }

    /** Documents that come behind it belong to writers that know the index. */
    private static Optional<byte[]> last(KeyRange documents, Snapshot snapshot) {
        try (KeyCursor cursor = snapshot.cursor(documents, Direction.BACKWARD)) {
            return cursor.advance() ? Optional.of(cursor.key()) : Optional.empty();
        }
    }

    private List<Value> nextIds(byte[] end) {
        instance.requireOpen();
        List<Value> ids = new ArrayList<>();
        try (Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry =
                    instance.catalog().find(namespace, snapshot).orElseThrow(this::aborted);
            byte[] last = Keyspace.documentOfIdKey(entry.id(), progress.lastIdKey());
            KeyRange rest = new KeyRange(behind(last), behind(end));
            try (KeyCursor cursor = snapshot.cursor(rest, Direction.FORWARD)) {
                while (ids.size() < PART_COUNT && cursor.advance()) {
                    ids.add(DocumentCodec.decode(cursor.value()).get(DocumentRules.ID));
                }
            }
        }
        return ids;
    }

    /** The first key after this one. */
    private static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private void fillPart(List<Value> ids) {
        Part<Long> part =
                new SteppedWrites<Value, Long>(
                                work -> commit(work, ids), this::index, SteppedWrites.Mode.ORDERED)
                        .run(ids);
        if (!part.failures().isEmpty()) {
            throw part.failures().get(part.failures().firstKey());
        }
    }

    private Part<Long> commit(
            Function<CollectionWriter, Attempt<Part<Long>>> work, List<Value> ids) {
        Recorded recorded =
                writes.run(0, writer -> recorded(writer, work.apply(writer), ids))
                        .orElseThrow(this::aborted)
                        .result();
        progress = recorded.progress;
        return recorded.part;
    }

    /** A part and how far the build is with it. */
    private record Recorded(Part<Long> part, BuildProgress progress) {}

    /** A part with a failure is not told of: who went on behind it would miss a document. */
    private Attempt<Recorded> recorded(
            CollectionWriter writer, Attempt<Part<Long>> attempt, List<Value> ids) {
        Part<Long> part = attempt.result();
        if (!attempt.commits() || part.results().isEmpty() || !part.failures().isEmpty()) {
            return new Attempt<>(new Recorded(part, progress), attempt.commits());
        }
        byte[] last = writer.entry().idKey(ids.get(part.end() - 1));
        long bytes = part.results().stream().mapToLong(SteppedWrites.Result::value).sum();
        BuildProgress further = progress.plus(last, part.results().size(), bytes);
        instance.catalog().recordBuild(index.id(), further, writer.view());
        return Attempt.commit(new Recorded(part, further));
    }

    /** Returns the bytes of the document; 0 if it has been deleted meanwhile. */
    private long index(CollectionWriter writer, Value id) {
        IndexEntry entry = writer.entry().index(index.id()).orElseThrow(this::aborted);
        writer.guard(id);
        Optional<StoredDocument> stored = writer.find(id);
        stored.ifPresent(document -> writer.index(entry, document.document()));
        return stored.map(StoredDocument::bytes).orElse(0);
    }

    private void tell(long total) {
        OperationScope.progress(progress.documents(), total);
        if (System.nanoTime() - toldNanos >= LOG_NANOS) {
            toldNanos = System.nanoTime();
            DatabaseLog.of(IndexFilling.class)
                    .log(
                            System.Logger.Level.INFO,
                            "Index {0} of {1} is being built: {2} of about {3} documents, {4} bytes",
                            index.name(),
                            namespace,
                            progress.documents(),
                            total,
                            progress.bytes());
        }
    }

    private void open() {
        change(
                (entry, built, transaction) -> {
                    instance.catalog().finishBuild(entry, built, transaction);
                    if (entry.predecessor(built).isEmpty()) {
                        DefinitionNotes.indexCreated(entry, built, transaction);
                    }
                });
    }

    private void discard(Throwable failure) {
        try {
            change(
                    (entry, built, transaction) ->
                            instance.catalog().dropIndex(entry, built, transaction));
        } catch (SmilodonException impossible) {
            // Nobody reads it, and the next opening goes on with it; the first failure is the
            // cause.
            failure.addSuppressed(impossible);
        }
    }

    /** A change of the catalog's entry of the index. */
    private interface Change {
        void make(CollectionEntry entry, IndexEntry index, Transaction transaction);
    }

    private void change(Change change) {
        instance.transactions()
                .run(
                        transaction -> {
                            CollectionEntry entry =
                                    instance.catalog()
                                            .find(namespace, transaction)
                                            .orElseThrow(this::aborted);
                            IndexEntry built = entry.index(index.id()).orElseThrow(this::aborted);
                            change.make(entry, built, transaction);
                            return Attempt.commit(index.id());
                        });
    }

    private SmilodonException aborted() {
        return new SmilodonException(
                INDEX_BUILD_ABORTED,
                "The index or its collection was dropped while the index was built",
                Map.of("namespace", namespace));
    }
}
