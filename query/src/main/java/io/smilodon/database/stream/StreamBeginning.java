package io.smilodon.database.stream;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A feed at the place where a stream begins.
 *
 * @param feed stands there
 * @param again begins another one at the same place
 * @param token behind which the stream begins; empty if it begins with a time
 * @param time commits before it are left out
 */
record StreamBeginning(
        ChangeFeed feed,
        Supplier<ChangeFeed> again,
        Optional<ResumeToken> token,
        Optional<ClusterTime> time) {

    static StreamBeginning of(KeyValueStore store, WatchStart start, Snapshot now) {
        return switch (start) {
            case WatchStart.Now begin -> of(() -> store.changesSince(now.sequence()));
            case WatchStart.At at -> of(() -> store.changesFrom(at.instant()));
            case WatchStart.AtClusterTime at -> {
                ClusterTime time = ClusterTime.of(at.time());
                Supplier<ChangeFeed> feed = () -> store.changesFrom(time.second());
                yield new StreamBeginning(feed.get(), feed, Optional.empty(), Optional.of(time));
            }
            case WatchStart.ResumeAfter after -> {
                ResumeToken token = ResumeToken.parse(after.token());
                if (token.isInvalidation()) {
                    throw ResumeToken.ofInvalidation();
                }
                yield behind(store, token, now);
            }
            case WatchStart.StartAfter after ->
                    behind(store, ResumeToken.parse(after.token()), now);
        };
    }

    private static StreamBeginning of(Supplier<ChangeFeed> feed) {
        return new StreamBeginning(feed.get(), feed, Optional.empty(), Optional.empty());
    }

    private static StreamBeginning behind(KeyValueStore store, ResumeToken token, Snapshot now) {
        Supplier<ChangeFeed> feed = () -> open(store, token, now);
        return new StreamBeginning(feed.get(), feed, Optional.of(token), Optional.empty());
    }

    /** A feed that begins behind the token's commit, or with it if that has more events. */
    private static ChangeFeed open(KeyValueStore store, ResumeToken token, Snapshot now) {
        FeedToken commit = token.commit();
        if (commit.millis() == 0) { // of a commit that the log did not have any more
            if (commit.sequence() > now.sequence()) {
                throw new SmilodonException(
                        ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                        "The commit of that token is not in this store",
                        Map.of("sequence", commit.sequence(), "newest", now.sequence()));
            }
            return store.changesSince(commit.sequence());
        }
        ChangeFeed next = store.changesSince(commit); // it is the commit that is meant
        if (token.event() == ResumeToken.ALL) {
            return next;
        }
        next.close();
        return store.changesSince(commit.sequence() - 1);
    }

    /** Whether an event belongs to the stream; of the first commits perhaps not all do. */
    boolean includes(ResumeToken event, ChangeBatch batch) {
        boolean isEarlier = time.isPresent() && ClusterTime.of(batch).compareTo(time.get()) < 0;
        boolean isKnown =
                token.isPresent()
                        && token.get().commit().sequence() == batch.sequence()
                        && event.event() <= lastKnown(token.get());
        return !isEarlier && !isKnown;
    }

    /** The last event of the token's commit that its client has seen whole. */
    private static int lastKnown(ResumeToken token) {
        return token.isOfFragment() ? token.event() - 1 : token.event();
    }

    /**
     * What the log tells of collections from here on, from first to last.
     *
     * @param last the last commit that changed any
     */
    List<ChangeNote> definitionsUpTo(long last) {
        List<ChangeNote> found = new ArrayList<>();
        if (last <= feed.token().sequence()) {
            return found;
        }
        try (ChangeFeed other = again.get()) {
            Optional<ChangeBatch> batch = other.poll();
            while (batch.isPresent() && batch.get().sequence() <= last) {
                for (byte[] note : batch.get().notes()) {
                    if (ChangeNote.isOfCollection(note)) {
                        found.add(ChangeNote.decode(note));
                    }
                }
                batch = other.poll();
            }
        }
        return found;
    }
}
