package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchScope;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A find on a capped collection that does not end with its last document: it goes on with those
 * that are inserted later. Between its batches it holds no state of the data. One thread at a time,
 * except for {@link #interrupt} and {@link #close}.
 */
public final class TailCursor implements Iterator<Document>, ParkedCursor {

    private static final String PLAN = "COLLSCAN";
    private static final ErrorCode POSITION_LOST = new ErrorCode(136, "CappedPositionLost");

    private final Access access;
    private final Namespace namespace;
    private final Optional<CollectionEntry> entry;
    private final TailRequest request;
    private Optional<Scan> scan = Optional.empty();
    private Optional<Document> found = Optional.empty();

    /** The number of the last document that was looked at; -1 before the first. */
    private long passed = -1;

    private long skipped;
    private long returned;
    private volatile boolean isClosed;
    private volatile Optional<ChangeStream> waiting = Optional.empty();
    private volatile Optional<SmilodonException> interruption = Optional.empty();

    /**
     * @param entry the collection; empty where there is none, which is as one without documents
     */
    TailCursor(
            Access access,
            Namespace namespace,
            Optional<CollectionEntry> entry,
            TailRequest request) {
        this.access = access;
        this.namespace = namespace;
        this.entry = entry;
        this.request = request;
    }

    /** A state of the collection, read from where the last one ended. */
    private record Scan(Snapshot snapshot, KeyCursor turns) implements AutoCloseable {

        @Override
        public void close() {
            try {
                turns.close();
            } finally {
                snapshot.close();
            }
        }
    }

    /**
     * Whether there is another document by now.
     *
     * @throws SmilodonException {@code CappedPositionLost} (136) if the document that was read last
     *     had to make room, {@code QueryPlanKilled} (175) if the collection was dropped
     */
    @Override
    public boolean hasNext() {
        while (found.isEmpty() && !isAtLimit() && !isClosed && advance()) {
            OperationScope.checkCurrent();
        }
        if (interruption.isPresent()) {
            throw interruption.get();
        }
        return found.isPresent();
    }

    private boolean isAtLimit() {
        return request.limit() > 0 && returned == request.limit();
    }

    /** Looks at one document more; false if there is none yet. */
    private boolean advance() {
        if (entry.isEmpty()) {
            return false;
        }
        if (scan.isEmpty()) {
            scan = Optional.of(open(entry.get()));
        }
        Scan open = scan.get();
        if (!open.turns.advance()) {
            pause();
            return false;
        }
        passed = Keyspace.turnNumber(open.turns.key());
        byte[] idKey = open.turns.value();
        Document document =
                DocumentCodec.decode(
                        InsertionOrder.document(entry.get().id(), idKey, open.snapshot).value());
        if (request.filter().matches(document)) {
            take(document);
        }
        return true;
    }

    private void take(Document document) {
        if (skipped < request.skip()) {
            skipped++;
        } else {
            returned++;
            found = Optional.of(request.projection().apply(document));
        }
    }

    private Scan open(CollectionEntry collection) {
        Snapshot snapshot = access.snapshot();
        try {
            LostCollection.require(collection, access.instance().catalog(), snapshot);
            byte[] last = Keyspace.turn(collection.id(), passed);
            if (passed >= 0 && snapshot.get(last).isEmpty()) {
                throw new SmilodonException(
                        POSITION_LOST,
                        "CollectionScan died due to position in capped collection being deleted",
                        Map.of("namespace", namespace, "position", passed));
            }
            return new Scan(snapshot, InsertionOrder.turnsAfter(collection.id(), passed, snapshot));
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no document yet");
        }
        Document document = found.orElseThrow();
        found = Optional.empty();
        access.instance().activity().returned();
        return document;
    }

    @Override
    public void unread(Document document) {
        found = Optional.of(document);
    }

    /**
     * Whether there may ever be another document. As in MongoDB, a cursor that has not met any has
     * no place to go on from, and ends.
     */
    @Override
    public boolean hasMore() {
        return found.isPresent() || (!isAtLimit() && !isClosed && passed >= 0);
    }

    @Override
    public boolean isTailable() {
        return true;
    }

    @Override
    public boolean awaitsData() {
        return request.awaitsData();
    }

    /** Waits until there is a document, or for that time; not at all unless it awaits data. */
    @Override
    public void await(Duration timeout) {
        if (!request.awaitsData() || !hasMore() || hasNext()) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        WatchScope scope = WatchScope.of(namespace);
        // Opened before the next look, so that no insertion comes between the two.
        try (ChangeStream changes = access.watch(scope, List.of(), WatchOptions.DEFAULTS)) {
            waiting = Optional.of(changes);
            OperationScope.wakingBy(changes::close, () -> await(changes, deadline));
        } catch (SmilodonException failure) {
            throw interruption.orElse(failure); // the stream was closed to wake its reader
        } finally {
            waiting = Optional.empty();
            pause();
        }
    }

    private boolean await(ChangeStream changes, long deadline) {
        while (!hasNext()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || changes.hasEnded()) {
                return false;
            }
            changes.next(Duration.ofNanos(left));
        }
        return true;
    }

    @Override
    public Optional<Document> resumeToken() {
        return Optional.empty();
    }

    /** Lets go of the state that it reads. */
    @Override
    public void pause() {
        scan.ifPresent(Scan::close);
        scan = Optional.empty();
    }

    @Override
    public void resume() {
        // The next document is looked for in a new state.
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public String source() {
        return namespace.toString();
    }

    @Override
    public String planSummary() {
        return PLAN;
    }

    @Override
    public void interrupt(SmilodonException why) {
        interruption = Optional.of(why);
        waiting.ifPresent(ChangeStream::close);
    }

    /** By its reader, or while nobody reads. */
    @Override
    public void close() {
        isClosed = true;
        pause();
        request.operation().end();
    }
}
