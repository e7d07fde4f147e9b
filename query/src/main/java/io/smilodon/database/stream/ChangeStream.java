package io.smilodon.database.stream;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.OperationBudget;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.OperationScope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The changes of a collection, a database or all, as they are committed, none missing and none
 * twice: MongoDB's change stream. Events come in the order of commits; those of one commit, first
 * the collections that it created, then documents, one event for each, in the order in which they
 * were first written, then what it changed or dropped. A stream reads the log, so it holds nobody
 * up and keeps one commit in memory; who is slower than the log is kept gets {@code
 * ChangeStreamHistoryLost} (286). An error about an event ends it: it comes again at each call. A
 * request that is cancelled while it waits for an event ends it too. Close it. Not thread-safe,
 * except that any thread may close it.
 */
public final class ChangeStream implements AutoCloseable {

    private static final Duration TIME_MAX = Duration.ofDays(365);

    private final ChangeFeed feed;
    private final EventReader reader;
    private final EventPipeline pipeline;
    private final WatchScope scope;
    private final StreamBeginning beginning;
    private final long eventMillisMax;

    /** Holds the variables of the stages. */
    private final OperationContext operation;

    private final Deque<ChangeEvent> waiting = new ArrayDeque<>();

    /** What is left of an event that was split. */
    private final Deque<Document> fragments = new ArrayDeque<>();

    /** The event of which the client has seen a part, until it comes again. */
    private Optional<ResumeToken> partlySeen;

    /** Where it stands, once something has been read. */
    private Optional<ResumeToken> passed;

    private Optional<SmilodonException> failure = Optional.empty();
    private boolean isInvalidated;

    private ChangeStream(
            StreamBeginning beginning,
            EventReader reader,
            EventPipeline pipeline,
            Subject subject) {
        this.feed = beginning.feed();
        this.beginning = beginning;
        this.passed = beginning.token();
        this.partlySeen = beginning.token().filter(ResumeToken::isOfFragment);
        this.reader = reader;
        this.pipeline = pipeline;
        this.scope = subject.scope;
        this.operation = subject.operation;
        this.eventMillisMax = subject.options.eventTimeMax().toMillis();
    }

    /** What is watched, and how. */
    private record Subject(WatchScope scope, WatchOptions options, OperationContext operation) {}

    /**
     * Begins a stream.
     *
     * @param stages stages that each event goes through: {@code $match}, {@code $project}, {@code
     *     $addFields}, {@code $set}, {@code $unset}, {@code $replaceRoot}, {@code $replaceWith},
     *     {@code $redact}, and {@code $changeStreamSplitLargeEvent} as the last
     * @throws SmilodonException {@code ChangeStreamHistoryLost} if the log does not go back so far,
     *     {@code InvalidResumeToken}, {@code IllegalOperation} for another stage, {@code
     *     CommandNotSupportedOnView}
     */
    public static ChangeStream open(
            Source source, WatchScope scope, List<Document> stages, WatchOptions options) {
        EventPipeline pipeline = EventPipeline.parse(stages, options);
        try (Snapshot now = source.store.snapshot()) {
            scope.single().ifPresent(name -> requireCollection(source.catalog, name, now));
            CollectionNames names = new CollectionNames(source.catalog.collections(now));
            StreamBeginning beginning = StreamBeginning.of(source.store, options.start(), now);
            try {
                names.undo(beginning.definitionsUpTo(source.catalog.changedAt(now)));
                Images images = new Images(source.store, source.catalog, options);
                EventReader reader = new EventReader(scope, options, names, images);
                OperationContext operation = source.budget.begin(0, pipeline.variables());
                Subject subject = new Subject(scope, options, operation);
                return new ChangeStream(beginning, reader, pipeline, subject);
            } catch (RuntimeException failure) {
                beginning.feed().close();
                throw failure;
            }
        }
    }

    private static void requireCollection(Catalog catalog, Namespace name, Snapshot now) {
        if (catalog.find(name, now).filter(CollectionEntry::isView).isPresent()) {
            throw new SmilodonException(
                    ErrorCode.COMMAND_NOT_SUPPORTED_ON_VIEW,
                    "Namespace is a view, not a collection",
                    Map.of("namespace", name));
        }
    }

    /**
     * Where streams come from.
     *
     * @param store has the log
     * @param catalog has the names of collections
     * @param budget pays for the variables of the stages
     */
    public record Source(KeyValueStore store, Catalog catalog, OperationBudget budget) {}

    // ---- Reading

    /** The next event, if there is one by now. */
    public Optional<Document> poll() {
        return read(Long.MAX_VALUE, false);
    }

    /**
     * The next event, if there is one by now, and if it is found in that time: there may be much
     * log to read that does not belong to the stream. The stream gets on in any case.
     */
    public Optional<Document> poll(Duration effort) {
        return read(nanos(effort), false);
    }

    /**
     * The next event; waits for one if there is none.
     *
     * @return empty after that time, when the thread is interrupted, and at the end of the stream
     */
    public Optional<Document> next(Duration timeout) {
        return read(nanos(timeout), true);
    }

    private static long nanos(Duration time) {
        return time.compareTo(TIME_MAX) < 0 ? time.toNanos() : TIME_MAX.toNanos();
    }

    private Optional<Document> read(long nanos, boolean waits) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        long start = System.nanoTime();
        long left = nanos;
        Optional<Document> event = nextWaiting();
        boolean goesOn = true;
        while (event.isEmpty() && goesOn && !isInvalidated) {
            OperationScope.checkCurrent();
            Optional<ChangeBatch> batch =
                    waits && left > 0 ? await(Duration.ofNanos(left)) : feed.poll();
            batch.ifPresent(this::take);
            event = nextWaiting();
            left = nanos - (System.nanoTime() - start);
            goesOn = batch.isPresent() && left > 0;
        }
        return event;
    }

    private Optional<ChangeBatch> await(Duration timeout) {
        return OperationScope.wakingBy(feed::close, () -> feed.next(timeout));
    }

    private <T> T withinLimit(Supplier<T> work) {
        return eventMillisMax == 0
                ? work.get()
                : Steps.guarded(OperationContext.within(eventMillisMax)::checkAlive, work);
    }

    private void take(ChangeBatch batch) {
        try {
            for (ChangeEvent event : withinLimit(() -> reader.read(batch))) {
                if (beginning.includes(event.token(), batch)) {
                    waiting.add(event);
                }
            }
        } catch (SmilodonException reason) {
            throw ended(reason);
        }
        if (waiting.isEmpty()) {
            passed = Optional.of(ResumeToken.behind(batch.token()));
        } else if (passed.isEmpty()) {
            passed = Optional.of(ResumeToken.before(batch.token()));
        }
    }

    private Optional<Document> nextWaiting() {
        if (!fragments.isEmpty()) {
            return Optional.of(nextFragment());
        }
        while (!waiting.isEmpty()) {
            Optional<Document> event = deliver(waiting.peek());
            waiting.poll();
            if (event.isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }

    private Document nextFragment() {
        Document fragment = fragments.remove();
        passed = Optional.of(ResumeToken.parse((Document) fragment.get("_id")));
        return fragment;
    }

    private Optional<Document> deliver(ChangeEvent event) {
        Optional<Document> delivered;
        boolean isDivided;
        try {
            delivered = withinLimit(() -> pipeline.apply(event.toDocument()));
            isDivided = delivered.isPresent() && divide(event, delivered.get());
            skipWhatWasSeen();
        } catch (SmilodonException reason) {
            throw ended(reason);
        }
        passed = Optional.of(event.token());
        if (event.isInvalidation()) {
            isInvalidated = true;
            waiting.clear();
        }
        if (isDivided) {
            return fragments.isEmpty() ? Optional.empty() : Optional.of(nextFragment());
        }
        return delivered;
    }

    /** Makes fragments of an event that is too large. */
    private boolean divide(ChangeEvent event, Document delivered) {
        boolean isDivided = pipeline.splits() && EventFragments.isTooLarge(delivered);
        if (isDivided) {
            fragments.addAll(EventFragments.of(delivered, event.token()));
        }
        return isDivided;
    }

    private void skipWhatWasSeen() {
        int seen = partlySeen.map(token -> token.fragment() + 1).orElse(0);
        partlySeen = Optional.empty();
        if (seen > fragments.size()) {
            throw differentSplit();
        }
        for (int number = 0; number < seen; number++) {
            fragments.remove();
        }
    }

    private static SmilodonException differentSplit() {
        return new SmilodonException(
                        ErrorCode.CHANGE_STREAM_FATAL,
                        "Attempted to resume from a split event, but the resumed stream produced a"
                                + " different split")
                .withHint("Resume with the pipeline that the token comes from.");
    }

    private SmilodonException ended(SmilodonException reason) {
        failure = Optional.of(reason);
        waiting.clear();
        return reason;
    }

    /** Where the stream stands: what {@link WatchOptions#withResumeAfter} takes. */
    public Document resumeToken() {
        if (passed.isEmpty()) {
            feed.poll().ifPresent(this::take);
        }
        if (passed.isEmpty()) {
            passed = Optional.of(ResumeToken.behind(feed.token()));
        }
        return passed.get().toDocument();
    }

    /** Whether what was watched is gone, so that no event will come any more. */
    public boolean hasEnded() {
        return isInvalidated;
    }

    /** What is watched, as cursors name it. */
    public String name() {
        return scope.name();
    }

    @Override
    public void close() {
        feed.close();
        operation.end();
    }
}
