package io.smilodon.index.geo;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * The least box of longitudes and latitudes around places: with the bulge of arcs towards the
 * poles, across the antimeridian where that is shorter, and with all longitudes around a pole.
 * Immutable and thread-safe.
 */
public final class SphereBounds {

    /** Around nothing. */
    public static final SphereBounds NONE = new SphereBounds(90, -90, DegreeSpans.NONE);

    private static final double POLE = 90;
    private static final double HALF_TURN = 180;
    private static final SpherePoint NORTH = new SpherePoint(0, 0, 1);

    private final double south;
    private final double north;
    private final DegreeSpans longitudes;

    private SphereBounds(double south, double north, DegreeSpans longitudes) {
        this.south = south;
        this.north = north;
        this.longitudes = longitudes;
    }

    /** Around one geometry. */
    public static SphereBounds of(SphereGeometry geometry) {
        SphereBounds bounds = NONE;
        for (SpherePoint point : geometry.points()) {
            bounds = bounds.union(of(point));
        }
        for (Edges edges : geometry.edges()) {
            for (Arc arc : edges.arcs()) {
                bounds = bounds.union(of(arc));
            }
        }
        for (SpherePolygon area : geometry.polygons()) {
            bounds = bounds.union(ofPole(area, NORTH)).union(ofPole(area, NORTH.antipode()));
        }
        return bounds;
    }

    /** A box as it is given, such as a cell of a grid of degrees; it does not cross 180. */
    static SphereBounds ofBox(DegreeRange longitudes, DegreeRange latitudes) {
        return new SphereBounds(
                latitudes.from(),
                latitudes.to(),
                new DegreeSpans(List.of(new DegreeSpans.Span(longitudes.from(), longitudes.to()))));
    }

    /** From one degree to another that is not less. */
    record DegreeRange(double from, double to) {}

    private static SphereBounds of(SpherePoint point) {
        double latitude = point.latitude();
        return new SphereBounds(latitude, latitude, longitudes(point, point));
    }

    private static SphereBounds of(Arc arc) {
        SphereBounds bounds =
                new SphereBounds(
                        Math.min(arc.from().latitude(), arc.to().latitude()),
                        Math.max(arc.from().latitude(), arc.to().latitude()),
                        longitudes(arc.from(), arc.to()));
        SpherePoint normal = arc.normal();
        SpherePoint top = NORTH.plus(normal.times(-normal.z()));
        if (top.length() == 0) {
            return bounds;
        }
        SpherePoint highest = top.normalized();
        for (SpherePoint extreme : List.of(highest, highest.antipode())) {
            if (arc.distance(extreme) <= Arc.TOUCHING) {
                double latitude = extreme.latitude();
                bounds = bounds.union(new SphereBounds(latitude, latitude, DegreeSpans.NONE));
            }
        }
        return bounds;
    }

    /** A pole has every longitude and adds none; an arc over a pole has those of its ends. */
    private static DegreeSpans longitudes(SpherePoint from, SpherePoint to) {
        if (isPole(from) || isPole(to)) {
            return isPole(from) ? ofEnd(to) : ofEnd(from);
        }
        double one = from.longitude();
        double other = to.longitude();
        boolean isOverPole =
                Math.abs(Math.abs(one - other) - HALF_TURN) < Math.toDegrees(Arc.TOUCHING);
        return isOverPole ? ofEnd(from).union(ofEnd(to)) : DegreeSpans.between(one, other);
    }

    private static DegreeSpans ofEnd(SpherePoint point) {
        if (isPole(point)) {
            return DegreeSpans.NONE;
        }
        double longitude = point.longitude() == -HALF_TURN ? HALF_TURN : point.longitude();
        return DegreeSpans.between(longitude, longitude);
    }

    private static boolean isPole(SpherePoint point) {
        return Math.hypot(point.x(), point.y()) <= Arc.TOUCHING;
    }

    private static SphereBounds ofPole(SpherePolygon area, SpherePoint pole) {
        return area.contains(pole)
                ? new SphereBounds(pole.latitude(), pole.latitude(), DegreeSpans.ALL)
                : NONE;
    }

    /** Around both. */
    public SphereBounds union(SphereBounds other) {
        return new SphereBounds(
                Math.min(south, other.south),
                Math.max(north, other.north),
                longitudes.union(other.longitudes));
    }

    /** The degrees as {@code {west, south, east, north}}; empty around nothing. */
    public Optional<Document> toDocument() {
        if (south > north) {
            return Optional.empty();
        }
        DegreeSpans known = longitudes.spans().isEmpty() ? DegreeSpans.ALL : longitudes;
        return Optional.of(
                Document.builder()
                        .put("west", degrees(known.west(), HALF_TURN))
                        .put("south", degrees(south, POLE))
                        .put("east", degrees(known.east(), HALF_TURN))
                        .put("north", degrees(north, POLE))
                        .build());
    }

    private static Value degrees(double degrees, double most) {
        return Value.of(Math.clamp(GeoJsonWriter.rounded(degrees), -most, most));
    }
}
