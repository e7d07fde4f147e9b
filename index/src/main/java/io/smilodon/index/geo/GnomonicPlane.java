package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * The plane that touches the sphere at a point, seen from the centre of the sphere. Great circles
 * are straight lines in it: what a planar algorithm says of which parts lie where is true on the
 * sphere too, however large they are. Only lengths and angles are not those of the sphere.
 *
 * <p>It shows less than half of the sphere. Immutable and thread-safe.
 */
final class GnomonicPlane {

    /** Beyond, what was exact to nanometres would be exact to a millimetre only. */
    static final double RADIUS_MAX = Math.toRadians(89);

    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int RING_MIN = 3;

    private final SpherePoint center;
    private final SpherePoint right;
    private final SpherePoint up;

    private GnomonicPlane(SpherePoint center) {
        this.center = center;
        this.right = center.perpendicular();
        this.up = center.cross(right);
    }

    /**
     * A plane in which all of the geometries can be seen.
     *
     * @param margin how far around them, in radians
     * @throws SmilodonException 2 if there is none
     */
    static GnomonicPlane around(List<SphereGeometry> geometries, double margin) {
        List<SpherePoint> vertices = new ArrayList<>();
        boolean isBig = false;
        for (SphereGeometry geometry : geometries) {
            vertices.addAll(geometry.vertices());
            isBig |= geometry.polygons().stream().anyMatch(SpherePolygon::isBig);
        }
        Cap cap = Cap.around(vertices);
        if (isBig || cap.radius() + margin > RADIUS_MAX) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Geometries must lie within half of the earth together",
                            Map.of("degreesMax", Math.toDegrees(RADIUS_MAX)))
                    .withHint("take only those within 89 degrees of their middle");
        }
        return new GnomonicPlane(cap.center());
    }

    Geometry points(List<SpherePoint> points) {
        return FACTORY.createMultiPointFromCoords(coordinates(points, false));
    }

    Geometry line(List<SpherePoint> vertices) {
        return FACTORY.createLineString(coordinates(vertices, false));
    }

    Geometry area(SpherePolygon polygon) {
        List<LinearRing> rings = new ArrayList<>();
        polygon.loops().forEach(loop -> rings.add(ring(loop.vertices())));
        return FACTORY.createPolygon(
                rings.getFirst(), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
    }

    Geometry area(List<SpherePoint> ring) {
        return FACTORY.createPolygon(ring(ring));
    }

    /** Several as one. */
    static Geometry collection(List<Geometry> parts) {
        return FACTORY.createGeometryCollection(parts.toArray(Geometry[]::new));
    }

    private LinearRing ring(List<SpherePoint> vertices) {
        return FACTORY.createLinearRing(coordinates(vertices, true));
    }

    private Coordinate[] coordinates(List<SpherePoint> vertices, boolean isClosed) {
        List<Coordinate> coordinates = new ArrayList<>(vertices.size() + 1);
        for (SpherePoint vertex : vertices) {
            double depth = vertex.dot(center);
            coordinates.add(new Coordinate(vertex.dot(right) / depth, vertex.dot(up) / depth));
        }
        if (isClosed) {
            coordinates.add(coordinates.getFirst());
        }
        return coordinates.toArray(Coordinate[]::new);
    }

    /** Leaves out what is smaller than can be told. */
    SphereGeometry toSphere(Geometry geometry) {
        List<SpherePoint> points = new ArrayList<>();
        List<SphereLine> lines = new ArrayList<>();
        List<SpherePolygon> polygons = new ArrayList<>();
        addParts(geometry, points, lines, polygons);
        return new SphereGeometry(points, lines, polygons);
    }

    private void addParts(
            Geometry geometry,
            List<SpherePoint> points,
            List<SphereLine> lines,
            List<SpherePolygon> polygons) {
        if (geometry.isEmpty()) {
            return;
        }
        switch (geometry) {
            case Point point -> points.add(toSphere(point.getCoordinate()));
            case LineString line -> {
                List<SpherePoint> vertices = vertices(line);
                if (vertices.size() > 1) {
                    lines.add(new SphereLine(vertices));
                }
            }
            case Polygon polygon -> addPolygon(polygon, polygons);
            default -> {
                for (int part = 0; part < geometry.getNumGeometries(); part++) {
                    addParts(geometry.getGeometryN(part), points, lines, polygons);
                }
            }
        }
    }

    private void addPolygon(Polygon polygon, List<SpherePolygon> polygons) {
        List<SpherePoint> shell = openRing(polygon.getExteriorRing());
        if (shell.size() < RING_MIN) {
            return;
        }
        List<Loop> holes = new ArrayList<>();
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
            List<SpherePoint> ring = openRing(polygon.getInteriorRingN(hole));
            if (ring.size() >= RING_MIN) {
                holes.add(Loop.smaller(ring));
            }
        }
        polygons.add(new SpherePolygon(Loop.smaller(shell), holes));
    }

    private List<SpherePoint> openRing(LineString ring) {
        List<SpherePoint> vertices = vertices(ring);
        if (vertices.size() > 1 && LineRules.isSame(vertices.getFirst(), vertices.getLast())) {
            vertices.removeLast();
        }
        return vertices;
    }

    private List<SpherePoint> vertices(LineString line) {
        List<SpherePoint> vertices = new ArrayList<>(line.getNumPoints());
        for (Coordinate coordinate : line.getCoordinates()) {
            vertices.add(toSphere(coordinate));
        }
        return LineRules.withoutRepeats(vertices);
    }

    private SpherePoint toSphere(Coordinate coordinate) {
        return center.plus(right.times(coordinate.getX()))
                .plus(up.times(coordinate.getY()))
                .normalized();
    }
}
