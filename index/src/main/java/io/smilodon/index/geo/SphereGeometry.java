package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Points, lines and areas on the sphere: what any GeoJSON geometry is in the end. Edges are arcs of
 * great circles, areas contain their lines, and what is nearer than {@link Arc#TOUCHING} touches.
 * Immutable and thread-safe.
 *
 * @param points single points
 * @param lines lines
 * @param polygons areas
 */
public record SphereGeometry(
        List<SpherePoint> points, List<SphereLine> lines, List<SpherePolygon> polygons) {

    /** So many parts are looked at in less time than counting takes. */
    private static final int FEW = 8;

    public SphereGeometry {
        points = List.copyOf(points);
        lines = List.copyOf(lines);
        polygons = List.copyOf(polygons);
    }

    public static SphereGeometry of(SpherePoint point) {
        return new SphereGeometry(List.of(point), List.of(), List.of());
    }

    static SphereGeometry of(SphereLine line) {
        return new SphereGeometry(List.of(), List.of(line), List.of());
    }

    static SphereGeometry of(SpherePolygon polygon) {
        return new SphereGeometry(List.of(), List.of(), List.of(polygon));
    }

    static SphereGeometry union(List<SphereGeometry> geometries) {
        List<SpherePoint> points = new ArrayList<>();
        List<SphereLine> lines = new ArrayList<>();
        List<SpherePolygon> polygons = new ArrayList<>();
        for (SphereGeometry geometry : geometries) {
            points.addAll(geometry.points);
            lines.addAll(geometry.lines);
            polygons.addAll(geometry.polygons);
        }
        return new SphereGeometry(points, lines, polygons);
    }

    /** Whether it has an area, so that anything could be within it. */
    boolean hasArea() {
        return !polygons.isEmpty();
    }

    /**
     * Whether every part of the other is inside one area of this; as in MongoDB, several areas
     * together do not count.
     */
    boolean contains(SphereGeometry other) {
        return other.points.stream().allMatch(point -> any(area -> area.contains(point)))
                && other.lines.stream().allMatch(line -> any(area -> area.contains(line)))
                && other.polygons.stream().allMatch(inner -> any(area -> area.contains(inner)));
    }

    private boolean any(Predicate<SpherePolygon> test) {
        GeometryWork.take(polygons.size());
        return polygons.stream().anyMatch(test);
    }

    /** Whether they have a point in common. */
    boolean intersects(SphereGeometry other) {
        return other.points.stream().anyMatch(point -> intersects(point, Arc.TOUCHING))
                || other.lines.stream().anyMatch(this::intersects)
                || other.polygons.stream().anyMatch(area -> intersects(area, Arc.TOUCHING));
    }

    private boolean intersects(SpherePoint point, double tolerance) {
        GeometryWork.take(points.size());
        return points.stream().anyMatch(own -> own.distance(point) <= tolerance)
                || lines.stream().anyMatch(own -> own.edges().touches(point, tolerance))
                || any(own -> own.contains(point, tolerance));
    }

    private boolean intersects(SphereLine line) {
        return points.stream().anyMatch(own -> line.edges().touches(own, Arc.TOUCHING))
                || lines.stream().anyMatch(own -> own.intersects(line))
                || any(own -> own.intersects(line));
    }

    boolean intersects(SpherePolygon area, double tolerance) {
        return points.stream().anyMatch(own -> area.contains(own, tolerance))
                || lines.stream().anyMatch(area::intersects)
                || any(own -> own.intersects(area, tolerance));
    }

    /** On which side of the areas all points lie that are at most so far from this one. */
    Side side(SpherePoint point, double distance) {
        double reach = distance + SphereArea.MARGIN;
        if (points.size() + lines.size() + polygons.size() > FEW) {
            GeometryWork.take(points.size() + lines.size() + polygons.size());
        }
        Side side = Side.OUTSIDE;
        for (SpherePolygon polygon : polygons) {
            Side ofPolygon = polygon.side(point, distance);
            if (ofPolygon == Side.INSIDE) {
                return Side.INSIDE;
            }
            side = ofPolygon == Side.EDGE ? Side.EDGE : side;
        }
        return side == Side.EDGE || isThinPartNear(point, reach) ? Side.EDGE : Side.OUTSIDE;
    }

    /** Whether one of its points or lines is at most so far away. */
    private boolean isThinPartNear(SpherePoint point, double distance) {
        for (SpherePoint own : points) {
            if (own.distance(point) <= distance) {
                return true;
            }
        }
        for (SphereLine line : lines) {
            if (line.isNear(point, distance)) {
                return true;
            }
        }
        return false;
    }

    /** The angle to the nearest point of it; 0 inside an area. */
    public double distance(SpherePoint point) {
        double least = least(points, point::distance);
        least = Math.min(least, least(lines, line -> line.distance(point)));
        return Math.min(least, least(polygons, area -> area.distance(point)));
    }

    /**
     * The angle between the nearest points of both; 0 if they intersect.
     *
     * @param step called with the number of edges that are compared; may end the work by throwing
     */
    public double distance(SphereGeometry other, LongConsumer step) {
        if (intersects(other)) {
            return 0;
        }
        step.accept((long) points.size() * other.vertexCount());
        double least = least(points, other::distance);
        step.accept((long) other.points.size() * vertexCount());
        least = Math.min(least, least(other.points, this::distance));
        for (Edges own : edges()) {
            for (Edges edges : other.edges()) {
                least = Math.min(least, own.distance(edges, step));
            }
        }
        return least;
    }

    /** All edges, by line and by ring. */
    List<Edges> edges() {
        List<Edges> edges = new ArrayList<>();
        lines.forEach(line -> edges.add(line.edges()));
        polygons.forEach(area -> area.loops().forEach(loop -> edges.add(loop.edges())));
        return edges;
    }

    private static <T> double least(List<T> parts, ToDoubleFunction<T> distance) {
        double least = Math.PI;
        for (T part : parts) {
            least = Math.min(least, distance.applyAsDouble(part));
        }
        return least;
    }

    /** Whether it is a single point, for which cells need no covering. */
    boolean isPoint() {
        return points.size() == 1 && lines.isEmpty() && polygons.isEmpty();
    }

    /** Whether all of it is in the cap. */
    boolean isWithin(Cap cap) {
        return points.stream().allMatch(cap::contains)
                && lines.stream().allMatch(cap::contains)
                && polygons.stream().allMatch(cap::contains);
    }

    /** How many points it is written with, which is what work on it takes. */
    public int vertexCount() {
        int count = points.size();
        for (SphereLine line : lines) {
            count += line.vertices().size();
        }
        for (SpherePolygon area : polygons) {
            for (Loop loop : area.loops()) {
                count += loop.vertices().size();
            }
        }
        return count;
    }

    /** All points it is written with. */
    List<SpherePoint> vertices() {
        List<SpherePoint> vertices = new ArrayList<>(points);
        lines.forEach(line -> vertices.addAll(line.vertices()));
        polygons.forEach(area -> area.loops().forEach(loop -> vertices.addAll(loop.vertices())));
        return vertices;
    }

    boolean isEmpty() {
        return points.isEmpty() && lines.isEmpty() && polygons.isEmpty();
    }

    /** The sum of its areas, in units of the squared radius. */
    public double area() {
        return polygons.stream().mapToDouble(SpherePolygon::area).sum();
    }

    /** The length of its lines, and of the lines around its areas, in radians. */
    public double length() {
        double length = 0;
        for (Edges edges : edges()) {
            length += edges.arcs().stream().mapToDouble(Arc::length).sum();
        }
        return length;
    }
}
