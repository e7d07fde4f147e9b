package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The cursors whose readers come back for more. A cursor that nobody asks for a batch within the
 * idle time is closed at the next use of the registry. Thread-safe.
 */
public final class CursorRegistry implements AutoCloseable {

    /** Documents of a first batch unless asked otherwise, as in MongoDB. */
    public static final int FIRST_BATCH_COUNT = 101;

    /** How long those wait that live as long as their session: since that was used last. */
    public static final long KEPT_MILLIS_MAX = 30 * 60_000;

    /** How long the reader of a change stream waits unless it says so, as in MongoDB. */
    private static final long AWAIT_MILLIS = 1_000;

    private static final long AWAIT_MAX = TimeUnit.DAYS.toMillis(1);

    private final Map<String, WaitingCursor> waiting = new ConcurrentHashMap<>();

    private final Map<String, CursorReading> busy = new ConcurrentHashMap<>();

    private final ToLongFunction<Document> storedSize;
    private final CursorLimits limits;
    private final CursorTimes times;
    private volatile boolean isClosed;

    /** Before then none of those that wait has waited too long. */
    private final AtomicLong nextSweepMillis = new AtomicLong(Long.MAX_VALUE);

    CursorRegistry(DatabaseOptions options, ToLongFunction<Document> storedSize) {
        this.limits = options.cursorCounts();
        this.times = new CursorTimes(options.clock(), options.cursorIdleMillisMax());
        this.storedSize = storedSize;
    }

    /** Refuses a negative number as MongoDB does, before anything is opened. */
    public static void checkBatchSize(OptionalInt batchSize) {
        batchSize.ifPresent(size -> Requests.checkNotNegative("batchSize", size));
    }

    /**
     * Takes over a cursor and reads its first batch. It stays open if there is more, and also after
     * an empty batch that was asked for.
     *
     * @param batchSize documents at most; without it {@link #FIRST_BATCH_COUNT}
     */
    public Batch first(ParkedCursor cursor, OptionalInt batchSize) {
        return first(cursor, CursorOwner.current(), batchSize);
    }

    /** The same for who is the only one that may read it on. */
    public Batch first(ParkedCursor cursor, CursorOwner owner, OptionalInt batchSize) {
        try {
            checkBatchSize(batchSize);
        } catch (SmilodonException refused) {
            cursor.close();
            throw refused;
        }
        return read(
                RandomIds.nextOfCursor(),
                new CursorReading(cursor, owner, times.now()),
                batchSize.orElse(FIRST_BATCH_COUNT));
    }

    /**
     * Reads the first batch of a cursor for who wants no other, and closes it.
     *
     * @param batchSize documents at most; without it {@link #FIRST_BATCH_COUNT}
     */
    public Batch only(ParkedCursor cursor, OptionalInt batchSize) {
        try (cursor) {
            checkBatchSize(batchSize);
            int countMax = batchSize.orElse(FIRST_BATCH_COUNT);
            List<Document> documents = BatchBytes.read(cursor, countMax, storedSize);
            RunningOperation.current().ifPresent(RunningOperation::exhausts);
            return batch(documents, Optional.empty(), cursor);
        }
    }

    /**
     * Reads the next batch of a cursor.
     *
     * @param batchSize documents at most; without it as many as fit into 16 MiB
     * @throws SmilodonException {@code CursorNotFound}
     */
    public Batch next(String id, OptionalInt batchSize) {
        return next(id, batchSize, OptionalLong.empty());
    }

    /**
     * The same.
     *
     * @param waitMillis how long to wait for the first document of a change stream; without it one
     *     second
     * @throws SmilodonException {@code CursorNotFound}, {@code BadValue} if nothing can be waited
     *     for, {@code CursorKilled} if somebody closes the cursor meanwhile
     */
    public Batch next(String id, OptionalInt batchSize, OptionalLong waitMillis) {
        checkBatchSize(batchSize);
        closeIdle();
        WaitingCursor parked = waiting.get(id);
        if (parked != null && waitMillis.isPresent() && !parked.cursor().awaitsData()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "cannot set maxTimeMS on getMore command for a non-awaitData cursor");
        }
        CursorReading reading = taken(id);
        ParkedCursor cursor = reading.cursor();
        reading.tell();
        try {
            cursor.resume();
            cursor.await(Duration.ofMillis(Math.min(waitMillis.orElse(AWAIT_MILLIS), AWAIT_MAX)));
            int count = batchSize.orElse(0);
            return read(id, reading, count == 0 ? Integer.MAX_VALUE : count);
        } catch (RuntimeException failure) {
            cursor.close();
            throw failure;
        } finally {
            busy.remove(id, reading);
        }
    }

    /** A cursor for its reader; who would kill it finds it at any moment. */
    private CursorReading taken(String id) {
        AtomicReference<CursorReading> taken = new AtomicReference<>();
        waiting.computeIfPresent(
                id,
                (same, parked) -> {
                    CursorReading reading = new CursorReading(parked);
                    busy.put(id, reading);
                    taken.set(reading);
                    return null;
                });
        return Optional.ofNullable(taken.get()).orElseThrow(() -> notFound(id));
    }

    /** What an open cursor reads, as {@code database.collection}. */
    public Optional<String> source(String id) {
        return find(id).map(found -> found.cursor().source());
    }

    /**
     * Refuses a reader of an open cursor who is not its owner, or who may not read it any more.
     *
     * @throws SmilodonException 50736 to 50741, {@code Unauthorized} (13)
     */
    public void check(String id, CursorOwner reader, Caller caller) {
        owner(id).ifPresent(owner -> owner.check(reader, caller));
    }

    /** Who has opened a cursor that is open. */
    public Optional<CursorOwner> owner(String id) {
        return find(id).map(found -> found.owner());
    }

    private Optional<CursorReading> find(String id) {
        AtomicReference<Optional<CursorReading>> found = new AtomicReference<>(Optional.empty());
        waiting.compute(
                id,
                (same, parked) -> {
                    found.set(
                            parked == null
                                    ? Optional.ofNullable(busy.get(id))
                                    : Optional.of(new CursorReading(parked)));
                    return parked;
                });
        return found.get();
    }

    private Optional<ParkedCursor> reading(String id) {
        return Optional.ofNullable(busy.get(id)).map(reading -> reading.cursor());
    }

    /** Closes the cursors of sessions that have ended. */
    public void close(Predicate<BinaryValue> ended) {
        Set<String> ids = new HashSet<>();
        waiting.forEach(
                (id, entry) -> entry.owner().session().filter(ended).ifPresent(o -> ids.add(id)));
        busy.forEach(
                (id, entry) -> entry.owner().session().filter(ended).ifPresent(o -> ids.add(id)));
        ids.forEach(this::tryKill);
    }

    /** A session is in use: of its cursors those live on that live as long as it. */
    public void use(BinaryValue session) {
        closeIdle();
        times.use(session);
    }

    /**
     * Closes a cursor. Who reads its next documents meanwhile is told so.
     *
     * @throws SmilodonException {@code CursorNotFound}
     */
    public void kill(String id) {
        if (!tryKill(id)) {
            throw notFound(id);
        }
    }

    /**
     * The same.
     *
     * @return whether there is a cursor of this id
     */
    public boolean tryKill(String id) {
        AtomicReference<Optional<ParkedCursor>> idle = new AtomicReference<>(Optional.empty());
        AtomicReference<Optional<ParkedCursor>> read = new AtomicReference<>(Optional.empty());
        waiting.compute(
                id,
                (same, parked) -> {
                    idle.set(Optional.ofNullable(parked).map(WaitingCursor::cursor));
                    read.set(parked == null ? reading(id) : Optional.empty());
                    return null;
                });
        idle.get().ifPresent(ParkedCursor::close);
        read.get().ifPresent(this::interrupt);
        return idle.get().isPresent() || read.get().isPresent();
    }

    /**
     * Ends the cursors that wait and cannot go on without this collection: they let go of their
     * state at once, and who comes back is told why.
     */
    void endReaders(int collectionId, SmilodonException why) {
        waiting.forEach(
                (id, parked) -> {
                    if (parked.cursor().reads(collectionId)) {
                        end(id, parked, why);
                    }
                });
    }

    private void end(String id, WaitingCursor parked, SmilodonException why) {
        if (waiting.replace(id, parked, parked.ended(why))) {
            parked.cursor().close();
        }
    }

    private void interrupt(ParkedCursor cursor) {
        cursor.interrupt(
                new SmilodonException(
                        ErrorCode.CURSOR_KILLED, "The cursor was killed while it was read"));
        sweep(); // in case that its reader has just gone away
    }

    /** The cursors that wait for their reader, as {@code $currentOp} lists them. */
    List<Document> idle(Predicate<CursorOwner> wanted) {
        sweep();
        List<Document> idle = new ArrayList<>();
        waiting.forEach(
                (id, entry) -> {
                    if (wanted.test(entry.owner())) {
                        idle.add(entry.shown());
                    }
                });
        return idle;
    }

    /** How long a cursor waits for its next batch. */
    long idleMillisMax() {
        return times.idleMillisMax();
    }

    /** Has all cursors wait that long, those too that wait already. */
    void setIdleMillisMax(long millis) {
        times.setIdleMillisMax(millis);
        nextSweepMillis.set(0); // some may be late by now
    }

    /** How many cursors wait for their reader. */
    public int openCount() {
        sweep();
        return waiting.size();
    }

    private Batch read(String id, CursorReading reading, int countMax) {
        ParkedCursor cursor = reading.cursor();
        try {
            List<Document> documents = BatchBytes.read(cursor, countMax, storedSize);
            boolean more = countMax == 0 || cursor.hasMore();
            Batch batch = batch(documents, more ? Optional.of(id) : Optional.empty(), cursor);
            if (more) {
                park(id, reading, documents.size());
            } else {
                cursor.close();
                RunningOperation.current().ifPresent(RunningOperation::exhausts);
            }
            return batch;
        } catch (RuntimeException failure) {
            cursor.close();
            throw failure;
        }
    }

    private static Batch batch(List<Document> documents, Optional<String> id, ParkedCursor cursor) {
        return new Batch(
                documents, id, cursor.source(), cursor.planSummary(), cursor.resumeToken());
    }

    /** Whose the cursors are that are open. */
    private List<CursorOwner> owners() {
        Stream<CursorOwner> absent = waiting.values().stream().map(WaitingCursor::owner);
        return Stream.concat(absent, busy.values().stream().map(CursorReading::owner)).toList();
    }

    private void park(String id, CursorReading reading, int count) {
        if (!busy.containsKey(id) && limits.areNear(waiting.size() + busy.size())) {
            limits.requireRoom(reading.owner(), this::owners, this::sweep);
        }
        reading.cursor().pause();
        WaitingCursor parked = reading.ended(id, count, times.now());
        RunningOperation.current().ifPresent(operation -> operation.reads(parked.progress()));
        long end = times.begin(parked);
        waiting.put(id, parked);
        reading.cursor().lost().ifPresent(why -> end(id, parked, why));
        nextSweepMillis.accumulateAndGet(end, Math::min);
        if (isClosed && waiting.remove(id) != null) {
            throw new SmilodonException(
                    ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
        }
    }

    /** Closes those that have waited too long, if there can be any by now. */
    void closeIdle() {
        if (!waiting.isEmpty() && times.now() > nextSweepMillis.get()) {
            sweep();
        }
    }

    /** The same, and lets go of those that are closed, by whomever. */
    private void sweep() {
        long now = times.now();
        nextSweepMillis.set(Long.MAX_VALUE);
        Set<BinaryValue> needed = new HashSet<>();
        waiting.forEach(
                (id, entry) -> {
                    long end = times.end(entry);
                    if ((end < now || entry.cursor().isClosed()) && waiting.remove(id, entry)) {
                        entry.cursor().close();
                    } else {
                        entry.owner().session().ifPresent(needed::add);
                        nextSweepMillis.accumulateAndGet(end, Math::min);
                    }
                });
        times.retain(needed);
    }

    private static SmilodonException notFound(String id) {
        return new SmilodonException(
                ErrorCode.CURSOR_NOT_FOUND, "cursor id not found", Map.of("id", id));
    }

    /** Closes every cursor. */
    @Override
    public void close() {
        isClosed = true;
        SmilodonException why =
                new SmilodonException(
                        ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
        busy.values().forEach(reading -> reading.cursor().interrupt(why));
        waiting.forEach(
                (id, entry) -> {
                    if (waiting.remove(id, entry)) {
                        entry.cursor().close();
                    }
                });
    }
}
