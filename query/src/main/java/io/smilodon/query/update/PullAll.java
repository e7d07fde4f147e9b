package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Set;
import java.util.TreeSet;

/** {@code {$pullAll: {field: [values]}}}: takes the elements away that equal one of the values. */
final class PullAll {

    private PullAll() {}

    static FieldChange parse(UpdateArgument argument) {
        if (!(argument.value() instanceof ArrayValue values)) {
            throw argument.error(ErrorCode.BAD_VALUE, "$pullAll requires an array argument");
        }
        Set<Value> removed = new TreeSet<>(ValueOrder.ASCENDING);
        removed.addAll(values.elements());
        return new Removal("$pullAll", removed::contains);
    }
}
