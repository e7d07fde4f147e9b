package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rings make a polygon: closed ones that neither cross nor repeat a vertex, the first around
 * all others, those side by side.
 */
final class PolygonRules {

    private static final int VERTICES_MIN = 3;

    private final Value written;

    private PolygonRules(Value written) {
        this.written = written;
    }

    /**
     * @param rings each with its first vertex repeated at the end
     * @param written the polygon in the document, for errors
     */
    static SpherePolygon polygon(List<List<SpherePoint>> rings, Value written) {
        return new PolygonRules(written).polygon(rings);
    }

    /** The area to the left of the ring. */
    static SpherePolygon wound(List<SpherePoint> ring, Value written) {
        return new SpherePolygon(Loop.left(new PolygonRules(written).vertices(ring)), List.of());
    }

    private SpherePolygon polygon(List<List<SpherePoint>> rings) {
        if (rings.isEmpty()) {
            throw GeoJson.invalid("Polygon has no loops.", written);
        }
        List<Loop> loops = new ArrayList<>(rings.size());
        for (List<SpherePoint> ring : rings) {
            loops.add(Loop.smaller(vertices(ring)));
        }
        Loop shell = loops.get(0);
        List<Loop> holes = loops.subList(1, loops.size());
        for (Loop hole : holes) {
            checkInside(shell, hole);
        }
        checkApart(holes);
        return new SpherePolygon(shell, holes);
    }

    private List<SpherePoint> vertices(List<SpherePoint> ring) {
        if (ring.isEmpty()) {
            throw GeoJson.invalid("Loop has no vertices", written);
        }
        if (!LineRules.isSame(ring.getFirst(), ring.getLast())) {
            throw GeoJson.invalid(
                    "Loop is not closed, first vertex does not equal last vertex", written);
        }
        List<SpherePoint> vertices = LineRules.withoutRepeats(ring);
        vertices.removeLast();
        if (vertices.size() < VERTICES_MIN) {
            throw GeoJson.invalid("Loop must have at least 3 different vertices", written);
        }
        checkSimple(vertices);
        return vertices;
    }

    private void checkSimple(List<SpherePoint> vertices) {
        Set<SpherePoint> seen = new HashSet<>();
        for (int index = 0; index < vertices.size(); index++) {
            if (!seen.add(vertices.get(index))) {
                throw GeoJson.invalid("Loop is not valid: Duplicate vertices", written);
            }
            LineRules.requireOneWay(
                    vertices.get(index), vertices.get((index + 1) % vertices.size()));
        }
        Edges edges = new Edges(Edges.between(vertices, true));
        for (Arc arc : edges.arcs()) {
            List<Arc> close = edges.near(arc, 0);
            GeometryWork.take(close.size());
            for (Arc other : close) {
                if (arc.crosses(other)) {
                    throw crossing(arc, other);
                }
            }
        }
    }

    private static SmilodonException crossing(Arc arc, Arc other) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "Loop is not valid: Edges cross. Edge locations in degrees",
                Map.of("edges", List.of(degrees(arc), degrees(other))));
    }

    private static List<Double> degrees(Arc arc) {
        return List.of(
                arc.from().longitude(),
                arc.from().latitude(),
                arc.to().longitude(),
                arc.to().latitude());
    }

    private void checkInside(Loop shell, Loop hole) {
        SpherePolygon area = new SpherePolygon(shell, List.of());
        if (!area.contains(new SpherePolygon(hole, List.of()))) {
            throw GeoJson.invalid(
                    "Secondary loops not contained by first exterior loop - secondary loops must"
                            + " be holes",
                    written);
        }
        checkShare(shell, hole);
    }

    private void checkShare(Loop one, Loop other) {
        Set<SpherePoint> shared = new HashSet<>(one.vertices());
        shared.retainAll(Set.copyOf(other.vertices()));
        if (shared.size() > 1) {
            throw GeoJson.invalid("Polygon isn't valid: loops share more than one vertex", written);
        }
    }

    private void checkApart(List<Loop> holes) {
        for (int index = 0; index < holes.size(); index++) {
            for (Loop other : holes.subList(0, index)) {
                checkApart(holes.get(index), other);
                checkShare(holes.get(index), other);
            }
        }
    }

    private void checkApart(Loop hole, Loop other) {
        GeometryWork.take(1);
        if (!hole.bound().isNear(other.bound(), 0)) {
            return;
        }
        if (hole.contains(other.inside()) || other.contains(hole.inside())) {
            throw GeoJson.invalid("Polygon interior loops cannot be nested", written);
        }
        for (Arc arc : hole.edges().arcs()) {
            List<Arc> close = other.edges().near(arc, 0);
            GeometryWork.take(close.size());
            for (Arc near : close) {
                if (arc.crosses(near)) {
                    throw crossing(arc, near);
                }
            }
        }
    }
}
