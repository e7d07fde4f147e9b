package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes one geometry say where another touches it: vertices of the other that are nearer than
 * {@link Arc#TOUCHING} to its own replace those, and become vertices where they lie on its edges.
 * Then exact comparisons see what is meant to touch, though degrees do not hit it to the last bit.
 */
final class TouchingVertices {

    private final List<Edges> others;

    private TouchingVertices(SphereGeometry other) {
        this.others = new ArrayList<>(other.edges());
        List<Arc> points = other.points().stream().map(point -> Arc.of(point, point)).toList();
        if (!points.isEmpty()) {
            others.add(new Edges(points));
        }
    }

    /** The geometry with the vertices of the other. */
    static SphereGeometry of(SphereGeometry geometry, SphereGeometry other) {
        TouchingVertices with = new TouchingVertices(other);
        List<SphereLine> lines = new ArrayList<>();
        for (SphereLine line : geometry.lines()) {
            List<SpherePoint> vertices = with.along(line.edges().arcs());
            vertices.add(with.moved(line.vertices().getLast()));
            List<SpherePoint> different = LineRules.withoutRepeats(vertices);
            lines.add(different.size() > 1 ? new SphereLine(different) : line);
        }
        List<SpherePolygon> polygons = new ArrayList<>();
        for (SpherePolygon polygon : geometry.polygons()) {
            List<Loop> loops = polygon.loops().stream().map(with::loop).toList();
            polygons.add(new SpherePolygon(loops.getFirst(), loops.subList(1, loops.size())));
        }
        return new SphereGeometry(
                geometry.points().stream().map(with::moved).toList(), lines, polygons);
    }

    private Loop loop(Loop loop) {
        List<SpherePoint> vertices = LineRules.withoutRepeats(along(loop.edges().arcs()));
        if (vertices.size() > 1 && LineRules.isSame(vertices.getFirst(), vertices.getLast())) {
            vertices.removeLast();
        }
        return vertices.size() < 3 ? loop : Loop.smaller(vertices);
    }

    private List<SpherePoint> along(List<Arc> arcs) {
        List<SpherePoint> vertices = new ArrayList<>();
        for (Arc arc : arcs) {
            vertices.add(moved(arc.from()));
            vertices.addAll(on(arc));
        }
        return vertices;
    }

    /** The other's vertices on an arc, away from its ends, in its direction. */
    private List<SpherePoint> on(Arc arc) {
        List<SpherePoint> found = new ArrayList<>();
        for (Edges edges : others) {
            for (Arc near : edges.near(arc, Arc.TOUCHING)) {
                addIfOn(arc, near.from(), found);
                addIfOn(arc, near.to(), found);
            }
        }
        found.sort(Comparator.comparingDouble(arc.from()::distance));
        return found;
    }

    private static void addIfOn(Arc arc, SpherePoint vertex, List<SpherePoint> found) {
        if (arc.touches(vertex, Arc.TOUCHING)
                && !isOne(vertex, arc.from())
                && !isOne(vertex, arc.to())) {
            found.add(vertex);
        }
    }

    private SpherePoint moved(SpherePoint vertex) {
        for (Edges edges : others) {
            for (Arc near : edges.near(Arc.of(vertex, vertex), Arc.TOUCHING)) {
                if (isOne(vertex, near.from())) {
                    return near.from();
                }
                if (isOne(vertex, near.to())) {
                    return near.to();
                }
            }
        }
        return vertex;
    }

    private static boolean isOne(SpherePoint one, SpherePoint other) {
        return one.distance(other) <= Arc.TOUCHING;
    }
}
