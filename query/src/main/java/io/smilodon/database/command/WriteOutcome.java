package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * What one write of several did.
 *
 * @param matchedCount documents that matched, or that are gone or new
 * @param modifiedCount documents that are different now
 * @param upserted the {@code _id} of the document that was inserted because none matched
 */
record WriteOutcome(long matchedCount, long modifiedCount, Optional<Value> upserted) {

    /** As the answer of an action says it. */
    static WriteOutcome ofUpdate(Document answer) {
        Optional<Value> upserted =
                number(answer, "upsertedCount") > 0
                        ? Optional.of(answer.get("upsertedId"))
                        : Optional.empty();
        return new WriteOutcome(
                number(answer, "matchedCount"), number(answer, "modifiedCount"), upserted);
    }

    static WriteOutcome ofDelete(Document answer) {
        return new WriteOutcome(number(answer, "deletedCount"), 0, Optional.empty());
    }

    /** The number {@code n} of MongoDB's answers. */
    long count() {
        return matchedCount + (upserted.isPresent() ? 1 : 0);
    }

    private static long number(Document answer, String name) {
        return answer.get(name) instanceof NumberValue number ? number.toLong() : 0;
    }
}
