package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexType;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.PartKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The type of indexes whose first field is {@code 2d}: places in a plane. */
public final class PlaneType implements IndexType {

    private static final List<String> OPTIONS = List.of("bits", "min", "max");

    @Override
    public Set<String> optionNames() {
        return Set.copyOf(OPTIONS);
    }

    @Override
    public Document parseOptions(KeyPattern pattern, Document specification, Location location) {
        checkPattern(pattern, location);
        DocumentBuilder builder = Document.builder();
        for (String option : OPTIONS) {
            Value value = specification.get(option);
            if (value instanceof NumberValue) {
                builder.put(option, value);
            } else if (value != Missing.INSTANCE) {
                throw new SmilodonException(
                                ErrorCode.TYPE_MISMATCH,
                                "The option of a 2d index must be a number",
                                Map.of("option", option, "actual", value.type().alias()))
                        .at(location.child(option));
            }
        }
        Document options = builder.build();
        check(PlaneGrid.of(options), location);
        return options;
    }

    private static void checkPattern(KeyPattern pattern, Location location) {
        long places =
                pattern.parts().stream().filter(part -> part.kind() == PartKind.PLANE).count();
        if (places > 1) {
            throw new SmilodonException(ErrorCode.location(16800), "can't have 2 geo fields")
                    .at(location.child("key"));
        }
        if (pattern.part(0).kind() != PartKind.PLANE) {
            throw new SmilodonException(ErrorCode.location(16801), "2d has to be first in index")
                    .at(location.child("key"));
        }
    }

    private static void check(PlaneGrid grid, Location location) {
        if (grid.bits() < 1 || grid.bits() > PlaneGrid.BITS_MAX) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "bits for hash must be > 0 and <= 32",
                            Map.of("bits", grid.bits()))
                    .at(location.child("bits"));
        }
        if (!(grid.min() < grid.max()) || Double.isInfinite(grid.max() - grid.min())) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "region for hash must be valid and have positive area",
                            Map.of("min", grid.min(), "max", grid.max()))
                    .at(location);
        }
    }

    @Override
    public void check(IndexDefinition definition, Location location) {
        if (!definition.options().collation().isSimple()) {
            throw new SmilodonException(
                            ErrorCode.CANNOT_CREATE_INDEX,
                            "Index type '2d' does not support collation")
                    .at(location.child("collation"))
                    .withHint("create the index with collation: {locale: 'simple'}");
        }
    }

    @Override
    public DocumentKeys keys(IndexDefinition definition) {
        return new GeoKeys(definition);
    }
}
