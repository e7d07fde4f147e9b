package io.smilodon.database.stream;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The changes of a collection, a database or all, as they are committed, none missing and none
 * twice: MongoDB's change stream. Events come in the order of commits; those of one commit, first
 * the collections that it created, then documents by {@code _id}, then what it dropped. A stream
 * reads the log, so it holds nobody up; who is slower than the log is kept gets {@code
 * ChangeStreamHistoryLost} (286). Close it. Not thread-safe.
 */
public final class ChangeStream implements AutoCloseable {

    private static final ErrorCode SEVERAL_BEGINNINGS = ErrorCode.location(40674);

    private final ChangeFeed feed;
    private final EventReader reader;
    private final EventPipeline pipeline;
    private final WatchScope scope;
    private final Deque<ChangeEvent> waiting = new ArrayDeque<>();
    private ResumeToken passed;

    /** The last event of this commit that a resumed stream has had already. */
    private final ResumeToken resumed;

    private boolean isInvalidated;

    private ChangeStream(
            Beginning beginning, EventReader reader, EventPipeline pipeline, WatchScope scope) {
        this.feed = beginning.feed;
        this.resumed = beginning.token;
        this.passed = beginning.token;
        this.reader = reader;
        this.pipeline = pipeline;
        this.scope = scope;
    }

    /** A feed and where it stands. */
    private record Beginning(ChangeFeed feed, ResumeToken token, boolean isPast) {}

    /**
     * Begins a stream.
     *
     * @param stages stages that each event goes through: {@code $match}, {@code $project}, {@code
     *     $addFields}, {@code $set}, {@code $unset}, {@code $replaceRoot}, {@code $replaceWith}
     * @throws SmilodonException {@code ChangeStreamHistoryLost} if the log does not go back so far,
     *     {@code InvalidResumeToken}, {@code IllegalOperation} for another stage
     */
    public static ChangeStream open(
            Source source, WatchScope scope, List<Document> stages, WatchOptions options) {
        EventPipeline pipeline = EventPipeline.parse(stages);
        try (Snapshot now = source.store.snapshot()) {
            CollectionNames names = new CollectionNames(source.catalog.collections(now));
            Beginning beginning = begin(source.store, options, now);
            try {
                if (beginning.isPast) {
                    names.undo(between(source.store, options, now));
                }
                Images images = new Images(source.store, source.catalog, options);
                EventReader reader = new EventReader(scope, options, names, images);
                return new ChangeStream(beginning, reader, pipeline, scope);
            } catch (RuntimeException failure) {
                beginning.feed.close();
                throw failure;
            }
        }
    }

    /**
     * Where streams come from.
     *
     * @param store has the log
     * @param catalog has the names of collections
     */
    public record Source(KeyValueStore store, Catalog catalog) {}

    private static Beginning begin(KeyValueStore store, WatchOptions options, Snapshot now) {
        if (options.startAt().isPresent()) {
            if (options.resumeAfter().isPresent() || options.startAfter().isPresent()) {
                throw severalBeginnings();
            }
            ResumeToken none = ResumeToken.behind(new FeedToken(0, 0));
            return new Beginning(store.changesFrom(options.startAt().get()), none, true);
        }
        Optional<ResumeToken> token = token(options);
        if (token.isEmpty()) {
            ResumeToken here = ResumeToken.behind(new FeedToken(now.sequence(), 0));
            return new Beginning(store.changesSince(now.sequence()), here, false);
        }
        return new Beginning(behind(store, token.get()), token.get(), true);
    }

    private static Optional<ResumeToken> token(WatchOptions options) {
        if (options.resumeAfter().isPresent() && options.startAfter().isPresent()) {
            throw severalBeginnings();
        }
        Optional<ResumeToken> resumed = options.resumeAfter().map(ResumeToken::parse);
        if (resumed.filter(ResumeToken::isInvalidation).isPresent()) {
            throw ResumeToken.ofInvalidation();
        }
        return resumed.or(() -> options.startAfter().map(ResumeToken::parse));
    }

    private static SmilodonException severalBeginnings() {
        return new SmilodonException(
                SEVERAL_BEGINNINGS,
                "Only one type of resume option is allowed, but multiple found");
    }

    /** A feed that begins behind the token's commit, or with it if that has more events. */
    private static ChangeFeed behind(KeyValueStore store, ResumeToken token) {
        FeedToken commit = token.commit();
        if (commit.millis() == 0) {
            return store.changesSince(commit.sequence()); // where a stream began that saw no event
        }
        ChangeFeed next = store.changesSince(commit); // it is the commit that is meant
        if (token.event() == ResumeToken.ALL) {
            return next;
        }
        next.close();
        return store.changesSince(commit.sequence() - 1);
    }

    /** The commits from the beginning up to a snapshot. */
    private static List<ChangeBatch> between(
            KeyValueStore store, WatchOptions options, Snapshot now) {
        List<ChangeBatch> batches = new ArrayList<>();
        try (ChangeFeed again = begin(store, options, now).feed) {
            Optional<ChangeBatch> batch = again.poll();
            while (batch.isPresent() && batch.get().sequence() <= now.sequence()) {
                ChangeBatch read = batch.get();
                if (!read.notes().isEmpty()) {
                    batches.add(
                            new ChangeBatch(
                                    read.sequence(), read.millis(), read.notes(), List.of()));
                }
                batch = again.poll();
            }
        }
        return batches;
    }

    // ---- Reading

    /** The next event, if there is one by now. */
    public Optional<Document> poll() {
        return next(Duration.ZERO);
    }

    /**
     * The next event; waits for one if there is none.
     *
     * @return empty after that time, when the thread is interrupted, and at the end of the stream
     */
    public Optional<Document> next(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isInvalidated) {
            while (!waiting.isEmpty()) {
                Optional<Document> event = deliver(waiting.poll());
                if (event.isPresent()) {
                    return event;
                }
            }
            long left = deadline - System.nanoTime();
            Optional<ChangeBatch> batch =
                    left <= 0 ? feed.poll() : feed.next(Duration.ofNanos(left));
            if (batch.isEmpty()) {
                return Optional.empty();
            }
            take(batch.get());
        }
        return Optional.empty();
    }

    private void take(ChangeBatch batch) {
        boolean isResumed = batch.sequence() == resumed.commit().sequence();
        for (ChangeEvent event : reader.read(batch)) {
            if (!isResumed || event.token().event() > resumed.event()) {
                waiting.add(event);
            }
        }
        if (waiting.isEmpty()) {
            passed = ResumeToken.behind(batch.token());
        }
    }

    private Optional<Document> deliver(ChangeEvent event) {
        Optional<Document> delivered = pipeline.apply(event.toDocument());
        passed = event.token();
        isInvalidated = event.isInvalidation();
        if (isInvalidated) {
            waiting.clear();
        }
        return delivered;
    }

    /** Where the stream stands: what {@link WatchOptions#withResumeAfter} takes. */
    public Document resumeToken() {
        return passed.toDocument();
    }

    /** Whether what was watched is gone, so that no event will come any more. */
    public boolean hasEnded() {
        return isInvalidated;
    }

    /** What is watched, as cursors name it. */
    public Namespace namespace() {
        return scope.namespace();
    }

    @Override
    public void close() {
        feed.close();
    }
}
