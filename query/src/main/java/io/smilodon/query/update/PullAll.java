package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code {$pullAll: {field: [values]}}}: takes the elements away that equal one of the values. */
final class PullAll {

    private PullAll() {}

    static FieldChange parse(UpdateArgument argument) {
        if (!(argument.value() instanceof ArrayValue values)) {
            throw argument.error(ErrorCode.BAD_VALUE, "$pullAll requires an array argument");
        }
        List<Value> elements = values.elements();
        return new Removal(
                "$pullAll",
                order -> {
                    Set<Value> removed = new TreeSet<>(Steps.counted(order));
                    removed.addAll(elements);
                    return removed::contains;
                });
    }
}
