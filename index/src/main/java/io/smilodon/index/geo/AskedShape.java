package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a filter compares places with: an area of the sphere or of a plane. */
public sealed interface AskedShape {

    /** Whether all of the place lies in it. */
    boolean contains(StoredGeometry place);

    /** Whether the place and it have a point in common. */
    boolean intersects(StoredGeometry place);

    /** Whether anything can be within it. */
    boolean hasArea();

    /** It as a part of the sphere; empty if it is one of a plane. */
    Optional<SphereArea> onSphere();

    /** {@code $geometry}: on the sphere. */
    record OnSphere(SphereGeometry geometry) implements AskedShape {

        @Override
        public boolean contains(StoredGeometry place) {
            return place.sphere().filter(geometry::contains).isPresent();
        }

        @Override
        public boolean intersects(StoredGeometry place) {
            return place.sphere().filter(geometry::intersects).isPresent();
        }

        @Override
        public boolean hasArea() {
            return geometry.hasArea();
        }

        @Override
        public Optional<SphereArea> onSphere() {
            return Optional.of(geometry::side);
        }
    }

    /** {@code $centerSphere}: what is near a point of the sphere. */
    record InCap(Cap cap) implements AskedShape {

        @Override
        public boolean contains(StoredGeometry place) {
            return place.sphere().filter(geometry -> geometry.isWithin(cap)).isPresent();
        }

        @Override
        public boolean intersects(StoredGeometry place) {
            return place.sphere()
                    .filter(
                            geometry ->
                                    geometry.distance(cap.center()) <= cap.radius() + Arc.TOUCHING)
                    .isPresent();
        }

        @Override
        public boolean hasArea() {
            return true;
        }

        @Override
        public Optional<SphereArea> onSphere() {
            return Optional.of(cap::side);
        }
    }

    /** {@code $box}, {@code $center}, {@code $polygon}: in a plane, where only points are. */
    record OnPlane(PlaneRegion region) implements AskedShape {

        @Override
        public boolean contains(StoredGeometry place) {
            return place.flat().filter(region::contains).isPresent();
        }

        @Override
        public boolean intersects(StoredGeometry place) {
            return contains(place);
        }

        @Override
        public boolean hasArea() {
            return true;
        }

        @Override
        public Optional<SphereArea> onSphere() {
            return Optional.empty();
        }
    }

    /**
     * Reads a shape.
     *
     * @param operator {@code $geometry}, {@code $box}, {@code $center}, {@code $centerSphere} or
     *     {@code $polygon}
     * @throws SmilodonException 2 if it is none, or not valid
     */
    static AskedShape parse(String operator, Value value) {
        return switch (operator) {
            case "$geometry" -> geometry(value);
            case "$box" -> new OnPlane(box(value));
            case "$center" -> new OnPlane(circle(value));
            case "$centerSphere" -> new InCap(cap(value));
            case "$polygon" -> new OnPlane(polygon(value));
            default ->
                    throw new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "unknown geo specifier",
                                    Map.of("operator", operator))
                            .withHint("use $geometry, $box, $center, $centerSphere or $polygon");
        };
    }

    private static AskedShape geometry(Value value) {
        if (!(value instanceof Document document)) {
            throw GeoJson.invalid("unknown GeoJSON type", value);
        }
        return GeoJson.ASKED.geometry(document).sphere().map(OnSphere::new).orElseThrow();
    }

    private static PlaneRegion box(Value value) {
        Iterator<Value> corners = Coordinates.of(value);
        return PlaneRegion.Box.between(
                GeoJson.ASKED.pair(next(corners)), GeoJson.ASKED.pair(next(corners)));
    }

    private static PlaneRegion polygon(Value value) {
        List<PlanePoint> vertices = new ArrayList<>();
        Coordinates.of(value).forEachRemaining(v -> vertices.add(GeoJson.ASKED.pair(v)));
        if (vertices.size() < 3) {
            throw GeoJson.invalid("Polygon must have at least 3 points", value);
        }
        return new PlaneRegion.Polygon(vertices);
    }

    private static PlaneRegion circle(Value value) {
        Iterator<Value> fields = Coordinates.of(value);
        return new PlaneRegion.Circle(GeoJson.ASKED.pair(next(fields)), radius(fields));
    }

    private static Cap cap(Value value) {
        Iterator<Value> fields = Coordinates.of(value);
        PlanePoint center = GeoJson.ASKED.pair(next(fields));
        GeoJson.requireInBounds(center);
        return new Cap(center.onSphere(), radius(fields));
    }

    private static double radius(Iterator<Value> fields) {
        Value value = next(fields);
        if (!(value instanceof NumberValue number) || !(number.toDouble() >= 0)) {
            throw GeoJson.invalid("Radius must be a non-negative number", value);
        }
        if (fields.hasNext()) {
            throw GeoJson.invalid(
                    "Only 2 fields allowed for circular region, but more were provided",
                    fields.next());
        }
        return number.toDouble();
    }

    private static Value next(Iterator<Value> fields) {
        return fields.hasNext() ? fields.next() : Missing.INSTANCE;
    }
}
