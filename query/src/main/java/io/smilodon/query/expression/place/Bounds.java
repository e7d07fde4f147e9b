package io.smilodon.query.expression.place;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.GeoGrid;
import io.smilodon.index.geo.SphereBounds;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$geoBounds: <place or cell>}}: the box of longitudes and latitudes around a place, or of
 * what {@code $geoHash}, {@code $geoTile} and {@code $geoCell} name. Of null or missing it is null.
 */
record Bounds(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        return bounds(value).toDocument().<Value>map(box -> box).orElse(NullValue.INSTANCE);
    }

    private static SphereBounds bounds(Value value) {
        return switch (value) {
            case StringValue name -> GeoGrid.box(name.value());
            case NumberValue id -> SphereBounds.of(GeoGrid.cellArea(id.toLong()));
            default -> SphereBounds.of(Places.require(value));
        };
    }
}
