package io.smilodon.engine.store;

import io.smilodon.engine.feed.KeyChange;
import io.smilodon.engine.log.BatchCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a batch of the log says to readers of change feeds. Pure functions. */
final class FeedChanges {

    private FeedChanges() {}

    /** The changes by key. Of the store's own keys only the marks of retired prefixes show. */
    static List<KeyChange> of(BatchCodec.Batch batch) {
        List<KeyChange> changes = new ArrayList<>(batch.writes().size());
        for (Map.Entry<byte[], Optional<byte[]>> write : batch.writes().entrySet()) {
            byte[] key = write.getKey();
            if (!ReservedKeys.isReserved(key)) {
                changes.add(
                        write.getValue()
                                .<KeyChange>map(value -> new KeyChange.Put(key, value))
                                .orElseGet(() -> new KeyChange.Remove(key)));
            } else if (ReservedKeys.isRetiredMark(key) && write.getValue().isPresent()) {
                changes.add(new KeyChange.Retire(ReservedKeys.prefixOf(key)));
            }
        }
        return changes;
    }
}
