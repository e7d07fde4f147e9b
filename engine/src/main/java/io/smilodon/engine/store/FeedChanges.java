package io.smilodon.engine.store;

import io.smilodon.engine.entry.Write;
import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.log.BatchCodec;
import java.util.ArrayList;
import java.util.List;

/** What a batch of the log says to readers of change feeds. Pure functions. */
final class FeedChanges {

    private FeedChanges() {}

    /** The changes by key. Of the store's own keys only the marks of retired prefixes show. */
    static List<KeyChange> of(BatchCodec.Batch batch) {
        List<KeyChange> changes = new ArrayList<>(batch.writes().size());
        for (Write write : batch.writes()) {
            byte[] key = write.key();
            if (!ReservedKeys.isReserved(key)) {
                changes.add(
                        write.value()
                                .<KeyChange>map(value -> new KeyChange.Put(key, value))
                                .orElseGet(() -> new KeyChange.Remove(key)));
            } else if (ReservedKeys.isRetiredMark(key) && write.value().isPresent()) {
                changes.add(new KeyChange.Retire(ReservedKeys.prefixOf(key)));
            }
        }
        return changes;
    }
}
