package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.Iterator;
import java.util.List;

/** {@code {field: {$size: count}}}: arrays of so many elements. */
public record Size(int count) implements ValueTest {

    @Override
    public boolean test(Value value) {
        return value instanceof ArrayValue array && hasSize(array);
    }

    /** Reads one element more than are wanted at most. */
    private boolean hasSize(ArrayValue array) {
        int seen = 0;
        Iterator<Value> elements = array.iterator();
        while (seen <= count && elements.hasNext()) {
            elements.next();
            seen++;
        }
        return seen == count;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    /** Only the empty array has a key of its own. */
    @Override
    public List<Interval> intervals() {
        return count == 0
                ? List.of(Interval.point(UndefinedValue.INSTANCE))
                : List.of(Interval.ALL);
    }

    @Override
    public Document toDocument() {
        return Document.of("$size", Value.of(count));
    }
}
