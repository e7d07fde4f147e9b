package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import java.util.function.Function;

/**
 * A {@link Near} of which it is not known yet what it asks: that depends on variables. It becomes
 * one by {@link Predicate#within}, before anything is planned.
 *
 * @param near what it asks where these variables are seen
 * @param written the operators as a filter would have them
 */
public record OpenNear(Function<EvaluationContext, Near> near, Document written)
        implements ValueTest {

    @Override
    public boolean test(Value value) {
        return true;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        return written;
    }
}
