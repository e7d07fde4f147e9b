package io.smilodon.engine.feed;

import java.time.Instant;

/** Where a feed begins. */
public sealed interface FeedStart {

    /**
     * Behind a commit of this store as it is, such as a snapshot's; a reader that outlives the
     * store's process needs a token.
     *
     * @param sequence of a commit, or between two
     */
    record AfterSequence(long sequence) implements FeedStart {}

    /** Behind the commit that a reader saw last. */
    record AfterToken(FeedToken token) implements FeedStart {}

    /** With the first commit at or after an instant, which may be to come. */
    record At(Instant instant) implements FeedStart {}
}
