package io.smilodon.engine.feed;

/**
 * Names a commit that a reader of a feed has seen. Its time tells it from another commit that got
 * its number later: after a power loss the numbers of commits that were not yet durable are given
 * anew.
 *
 * @param sequence the commit
 * @param millis when it was committed, since 1970
 */
public record FeedToken(long sequence, long millis) {}
