package io.smilodon.engine.store;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import java.util.List;
import java.util.Optional;

/**
 * What a commit writes, and what must not have changed for it to happen.
 *
 * @param guards keys that are only checked
 * @param reads what a serializable transaction has read
 * @param isChecked whether writes and guards must be unchanged; a blind batch checks nothing
 * @param checkedSequence the commit up to which they are known to be unchanged
 */
record CommitWrites(
        SortedWrites writes,
        List<byte[]> guards,
        Optional<ReadCheck> reads,
        boolean isChecked,
        long checkedSequence) {

    /**
     * Whether it is to give back space: it only removes keys, or it retires a prefix. What the
     * store itself notes with it does not count.
     */
    boolean isRemoval() {
        for (Write write : writes) {
            if (ReservedKeys.isRetiredMark(write.key())) {
                return true;
            }
            if (!ReservedKeys.isReserved(write.key()) && write.value().isPresent()) {
                return false; // all reserved keys come before this one
            }
        }
        return true;
    }
}
