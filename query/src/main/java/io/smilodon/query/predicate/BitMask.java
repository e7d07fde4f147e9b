package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * The bits that a bit operator looks at.
 *
 * @param positions 0 is the lowest; made ascending, each once
 */
public record BitMask(List<Integer> positions) {

    /** The index keys of values that have bits. */
    static final List<Interval> KEYS =
            List.of(Interval.ofRank(TypeRank.NUMBER), Interval.ofRank(TypeRank.BINARY));

    public BitMask {
        positions = positions.stream().sorted().distinct().toList();
        if (!positions.isEmpty() && positions.get(0) < 0) {
            throw new IllegalArgumentException("positions: " + positions.get(0));
        }
    }

    boolean isAllSetIn(Bits bits) {
        for (int position : positions) {
            if (!bits.isSet(position)) {
                return false;
            }
        }
        return true;
    }

    boolean isAnySetIn(Bits bits) {
        for (int position : positions) {
            if (bits.isSet(position)) {
                return true;
            }
        }
        return false;
    }

    /** The mask as a list of positions. */
    ArrayValue toArray() {
        return ArrayValue.of(positions.stream().map(Value::of).toList());
    }
}
