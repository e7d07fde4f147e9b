package io.smilodon.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys that recent commits wrote, while a serializable transaction is open: so that its reads
 * are held against what was written since, instead of reading everything once more.
 *
 * <p>A chain from older to newer commits. Each transaction holds the link at which it began, so
 * what no transaction needs is garbage without any bookkeeping. The chain is cut at its old end
 * when it grows too large, and is not made at all while nobody watches; who comes to a cut looks
 * into the tables instead.
 *
 * <p>Thread-safe; one thread at a time adds.
 */
final class CommitWindow {

    static final long BYTES_MAX = 16 << 20;

    private static final int LINK_OVERHEAD = 64;
    private static final int KEY_OVERHEAD = 24;
    private static final Link CUT = new Link(Long.MAX_VALUE, List.of());

    private final long bytesMax;
    private final AtomicInteger watchers = new AtomicInteger();
    private volatile Link newest;
    private Link oldest;
    private long bytes;

    CommitWindow(long sequence, long bytesMax) {
        this.bytesMax = bytesMax;
        this.newest = new Link(sequence, List.of());
        this.oldest = newest;
    }

    /** One commit. */
    static final class Link {

        private final long sequence;
        private final List<byte[]> keys;
        private volatile Link next;

        private Link(long sequence, List<byte[]> keys) {
            this.sequence = sequence;
            this.keys = keys;
        }

        private long bytes() {
            long sum = LINK_OVERHEAD;
            for (byte[] key : keys) {
                sum += KEY_OVERHEAD + key.length;
            }
            return sum;
        }
    }

    /**
     * How a look at the chain ended.
     *
     * @param isChanged whether a commit wrote what had been read
     * @param isCut whether the chain is incomplete, so that nothing is known of later commits
     * @param reached the last commit that was looked at
     */
    record Walk(boolean isChanged, boolean isCut, Link reached) {}

    /** Begins to watch; to be called before the snapshot is taken. */
    Link watch() {
        watchers.incrementAndGet();
        return newest;
    }

    void unwatch() {
        watchers.decrementAndGet();
    }

    /** The newest commit; a snapshot taken afterwards contains it. */
    Link newest() {
        return newest;
    }

    /** Adds a visible commit. */
    void add(Iterable<byte[]> keys, long sequence) {
        Link before = newest;
        if (watchers.get() == 0) {
            newest = new Link(sequence, List.of());
            before.next = CUT; // who began to watch meanwhile does not know this commit
            oldest = newest;
            bytes = 0;
            return;
        }
        List<byte[]> written = new ArrayList<>();
        keys.forEach(written::add);
        Link link = new Link(sequence, written);
        before.next = link;
        newest = link;
        bytes += link.bytes();
        while (bytes > bytesMax && oldest != link) {
            Link next = oldest.next;
            bytes -= next.bytes();
            oldest.next = CUT;
            oldest = next;
        }
    }

    /**
     * Looks for a commit that changed what was read.
     *
     * @param from the link to go on from
     * @param sequence commits up to this one do not count
     */
    static Walk walk(ReadSet reads, Link from, long sequence) {
        Link reached = from;
        for (Link link = from.next; link != null; link = link.next) {
            if (link == CUT) {
                return new Walk(false, true, reached);
            }
            if (link.sequence > sequence && reads.isTouchedBy(link.keys)) {
                return new Walk(true, false, link);
            }
            reached = link;
        }
        return new Walk(false, false, reached);
    }
}
