package io.smilodon.query.exec;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.Arrays;

/** Encoded ids, and the ranges of them that hold an interval of values. */
final class IdKeys {

    private IdKeys() {}

    static byte[] of(Value id) {
        return KeyCodec.encode(id);
    }

    static KeyRange range(Interval interval) {
        if (interval.equals(Interval.ALL)) {
            return KeyRange.all();
        }
        byte[] low = of(interval.low());
        byte[] high = of(interval.high());
        return new KeyRange(
                interval.lowIncluded() ? low : next(low),
                interval.highIncluded() ? next(high) : high);
    }

    /** The first key after this one. */
    private static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
