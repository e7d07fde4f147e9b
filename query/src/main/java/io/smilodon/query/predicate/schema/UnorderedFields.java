package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.value.ValueKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Equality of values that ignores the order of fields, which schemas know and queries do not. */
final class UnorderedFields {

    private UnorderedFields() {}

    /** Equal for values that differ in the order of their fields only. */
    static ValueKey keyOf(Value value) {
        return new ValueKey(sorted(value));
    }

    private static Value sorted(Value value) {
        Steps.take();
        return switch (value) {
            case Document document -> sortedFields(document);
            case ArrayValue array ->
                    ArrayValue.of(array.elements().stream().map(UnorderedFields::sorted).toList());
            default -> value;
        };
    }

    private static Document sortedFields(Document document) {
        List<Field> fields = new ArrayList<>();
        document.forEach(fields::add);
        fields.sort(Comparator.comparing(Field::name));
        DocumentBuilder sorted = Document.builder();
        fields.forEach(field -> sorted.put(field.name(), sorted(field.value())));
        return sorted.build();
    }
}
