package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * {@code {field: {$gt: MinKey}}} and {@code {field: {$lt: MaxKey}}}: every value, absent ones too,
 * but that one.
 */
public record AnythingBut(Value extreme) implements ValueTest {

    public AnythingBut {
        if (!(extreme instanceof MinKey) && !(extreme instanceof MaxKey)) {
            throw new IllegalArgumentException("neither MinKey nor MaxKey: " + extreme);
        }
    }

    @Override
    public boolean test(Value value) {
        return value != extreme;
    }

    @Override
    public List<Interval> intervals() {
        boolean notLowest = extreme instanceof MinKey;
        return List.of(new Interval(MinKey.INSTANCE, !notLowest, MaxKey.INSTANCE, notLowest));
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public Document toDocument() {
        return Document.of(extreme instanceof MinKey ? "$gt" : "$lt", extreme);
    }
}
