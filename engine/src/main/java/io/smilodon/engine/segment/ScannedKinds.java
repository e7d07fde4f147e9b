package io.smilodon.engine.segment;

import io.smilodon.engine.entry.KeyKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kinds of keys that are said to be scanned, not asked for one by one. The filters of segments
 * that are written meanwhile hold few of them. At most {@value #COUNT_MAX}; filters hold all keys
 * of further ones. Thread-safe.
 */
public final class ScannedKinds {

    static final int COUNT_MAX = 1 << 20;

    private final Set<Long> kinds = ConcurrentHashMap.newKeySet();

    /**
     * Says how keys are read.
     *
     * @param prefix what they begin with, {@link KeyKind#BYTES} bytes
     */
    public void set(byte[] prefix, boolean isScanned) {
        if (prefix.length != KeyKind.BYTES) {
            throw new IllegalArgumentException("a prefix of " + prefix.length + " bytes");
        }
        if (isScanned && kinds.size() < COUNT_MAX) {
            kinds.add(KeyKind.of(prefix));
        } else {
            kinds.remove(KeyKind.of(prefix));
        }
    }

    /** Whether keys of a kind are said to be scanned. */
    public boolean contains(long kind) {
        return kinds.contains(kind);
    }
}
