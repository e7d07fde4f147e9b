package io.smilodon.engine.segment;

import java.util.Arrays;
import java.util.Optional;

/**
 * Checks what the entries of good blocks say against each other and against index, filter and
 * footer. Blocks are handed over in order. Not thread-safe.
 */
final class BlockCheck {

    private final Optional<SegmentFooter> footer;
    private final Optional<BloomFilter> filter;
    private byte[] lastKey = {};
    private long lastSequence;
    private long entries;

    BlockCheck(Optional<SegmentFooter> footer, Optional<BloomFilter> filter) {
        this.footer = footer;
        this.filter = filter;
    }

    long entries() {
        return entries;
    }

    byte[] lastKey() {
        return lastKey;
    }

    /** What is wrong with the block, if anything is. */
    Optional<String> take(byte[] content) {
        try {
            BlockCursor cursor = new BlockCursor(new Block(content));
            Optional<String> wrong = Optional.empty();
            while (cursor.advance()) {
                Optional<String> found = take(cursor);
                wrong = wrong.isPresent() ? wrong : found;
            }
            return wrong;
        } catch (IndexOutOfBoundsException malformed) {
            return Optional.of("a malformed block: " + malformed.getMessage());
        }
    }

    private Optional<String> take(BlockCursor cursor) {
        byte[] key = cursor.copyKey();
        long sequence = cursor.sequence();
        int order = entries == 0 ? 1 : Arrays.compareUnsigned(key, lastKey);
        boolean isInOrder = order > 0 || order == 0 && sequence < lastSequence;
        lastKey = key;
        lastSequence = sequence;
        entries++;
        if (!isInOrder) {
            return Optional.of("entries out of order");
        }
        if (footer.isPresent()
                && (sequence < footer.get().minSequence()
                        || sequence > footer.get().maxSequence())) {
            return Optional.of("a commit outside of those that the footer names: " + sequence);
        }
        if (filter.isPresent() && !filter.get().mightContain(key, BloomFilter.hash(key))) {
            return Optional.of("a key that the filter denies");
        }
        return Optional.empty();
    }
}
