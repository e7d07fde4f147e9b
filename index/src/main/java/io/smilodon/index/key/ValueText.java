package io.smilodon.index.key;

import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Values and keys as MongoDB writes them in explain's index bounds. */
public final class ValueText {

    private ValueText() {}

    public static String of(Value value) {
        return io.smilodon.engine.value.ValueText.of(value);
    }

    static String of(List<Value> values) {
        return values.stream().map(ValueText::of).collect(Collectors.joining(", ", "(", ")"));
    }
}
