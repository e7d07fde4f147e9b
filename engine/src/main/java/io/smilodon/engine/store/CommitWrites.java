package io.smilodon.engine.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a commit writes, and what must not have changed for it to happen.
 *
 * @param writes by key; a removal is an empty value
 * @param guards keys that are only checked
 * @param reads what a serializable transaction has read
 * @param isChecked whether writes and guards must be unchanged; a blind batch checks nothing
 * @param checkedSequence the commit up to which they are known to be unchanged
 */
record CommitWrites(
        NavigableMap<byte[], Optional<byte[]>> writes,
        List<byte[]> guards,
        Optional<ReadCheck> reads,
        boolean isChecked,
        long checkedSequence) {

    /**
     * Whether it is to give back space: it only removes keys, or it retires a prefix. What the
     * store itself notes with it does not count.
     */
    boolean isRemoval() {
        return writes.keySet().stream().anyMatch(ReservedKeys::isRetiredMark)
                || writes.entrySet().stream()
                        .allMatch(
                                write ->
                                        write.getValue().isEmpty()
                                                || ReservedKeys.isReserved(write.getKey()));
    }
}
