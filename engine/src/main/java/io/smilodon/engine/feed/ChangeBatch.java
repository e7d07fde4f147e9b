package io.smilodon.engine.feed;

import java.time.Instant;
import java.util.List;

/**
 * What one commit did.
 *
 * @param sequence the commit
 * @param millis when it was committed, since 1970; never goes back from one commit to the next
 * @param notes what the transaction left for the readers of feeds, in its order. Not copied: nobody
 *     may change them
 * @param changes by key, each key once; empty if it wrote only what is the store's own
 */
public record ChangeBatch(long sequence, long millis, List<byte[]> notes, List<KeyChange> changes) {

    /** Where to go on behind this batch. */
    public FeedToken token() {
        return new FeedToken(sequence, millis);
    }

    public Instant time() {
        return Instant.ofEpochMilli(millis);
    }
}
