package io.smilodon.database;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.update.DocumentRules;
import java.util.Iterator;
import java.util.Optional;

/**
 * Recognizes requests for the one document with a given {@code _id}, which need no plan. Pure
 * functions.
 */
final class IdFilter {

    private IdFilter() {}

    /** The {@code _id} that the request asks for, if that and no more is what it says. */
    static Optional<Value> idOf(FindRequest request) {
        return request.isPlain() ? idOf(request.filter()) : Optional.empty();
    }

    private static Optional<Value> idOf(Document filter) {
        Iterator<Field> fields = filter.iterator();
        if (!fields.hasNext()) {
            return Optional.empty();
        }
        Field first = fields.next();
        boolean isOne = !fields.hasNext() && first.name().equals(DocumentRules.ID);
        return isOne && isPlain(first.value()) ? Optional.of(first.value()) : Optional.empty();
    }

    /** A value that a filter compares with; others may be operators, or mean several values. */
    private static boolean isPlain(Value value) {
        return value instanceof NumberValue
                || value instanceof StringValue
                || value instanceof ObjectId
                || value instanceof DateValue
                || value instanceof BooleanValue;
    }
}
