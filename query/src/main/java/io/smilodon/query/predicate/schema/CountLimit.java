package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import java.util.Iterator;

/**
 * One of the six keywords that limit a number of things, {@code maxItems} for one.
 *
 * @param written the limit as it was written
 */
record CountLimit(String keyword, NumberValue written) {

    boolean allows(long count) {
        long limit = written.toLong();
        return isMaximum() ? count <= limit : count >= limit;
    }

    /** Counts no further than the limit. */
    boolean allows(Iterable<?> things) {
        long limit = written.toLong();
        long count = 0;
        Iterator<?> rest = things.iterator();
        while (count <= limit && rest.hasNext()) {
            rest.next();
            count++;
        }
        return allows(count);
    }

    private boolean isMaximum() {
        return keyword.startsWith("max");
    }

    DocumentBuilder failure(String reason) {
        return Failure.of(keyword, written).put("reason", reason);
    }
}
