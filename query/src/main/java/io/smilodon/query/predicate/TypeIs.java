package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueType;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** {@code {field: {$type: ...}}}: values of one of the types. */
public record TypeIs(Set<ValueType> types) implements ValueTest {

    public TypeIs {
        types = Set.copyOf(types);
        if (types.isEmpty() || types.contains(ValueType.MISSING)) {
            throw new IllegalArgumentException("not types that a field can have: " + types);
        }
    }

    @Override
    public boolean test(Value value) {
        return types.contains(value.type());
    }

    @Override
    public List<Interval> intervals() {
        if (types.contains(ValueType.ARRAY)) {
            return List.of(Interval.ALL); // the keys of an array are its elements
        }
        return IntervalSet.of(
                        types.stream()
                                .map(ValueType::rank)
                                .distinct()
                                .map(Interval::ofRank)
                                .toList())
                .intervals();
    }

    @Override
    public boolean isExact() {
        return types.stream().map(ValueType::rank).allMatch(this::holdsAllOf);
    }

    private boolean holdsAllOf(TypeRank rank) {
        return switch (rank) {
            // Absent fields have the key of null, empty arrays that of undefined.
            case MISSING, UNDEFINED, NULL, ARRAY -> false;
            default ->
                    Arrays.stream(ValueType.values())
                            .filter(type -> type.rank() == rank)
                            .allMatch(types::contains);
        };
    }

    @Override
    public Document toDocument() {
        return Document.of(
                "$type",
                ArrayValue.of(
                        types.stream().sorted().map(type -> Value.of(type.alias())).toList()));
    }
}
