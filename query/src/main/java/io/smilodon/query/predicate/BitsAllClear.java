package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * {@code {field: {$bitsAllClear: mask}}}: integers and binary data in which every bit of the mask
 * is 0.
 *
 * @param mask the positions, ascending
 */
public record BitsAllClear(BitMask mask) implements ValueTest {

    @Override
    public boolean test(Value value) {
        return Bits.of(value).filter(bits -> !mask.isAnySetIn(bits)).isPresent();
    }

    @Override
    public List<Interval> intervals() {
        return BitMask.KEYS;
    }

    @Override
    public Document toDocument() {
        return Document.of("$bitsAllClear", mask.toArray());
    }
}
