package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * {@code {field: {$bitsAnySet: mask}}}: integers and binary data in which a bit of the mask is 1.
 *
 * @param mask the positions, ascending
 */
public record BitsAnySet(BitMask mask) implements ValueTest {

    @Override
    public boolean test(Value value) {
        return Bits.of(value).filter(bits -> mask.isAnySetIn(bits)).isPresent();
    }

    @Override
    public List<Interval> intervals() {
        return BitMask.KEYS;
    }

    @Override
    public Document toDocument() {
        return Document.of("$bitsAnySet", mask.toArray());
    }
}
