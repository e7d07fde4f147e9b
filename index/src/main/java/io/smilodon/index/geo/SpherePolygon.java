package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;

/**
 * An area with holes. Its lines belong to it, those of the holes too. Immutable and thread-safe.
 */
final class SpherePolygon {

    private final Loop shell;
    private final List<Loop> holes;
    private final List<Loop> loops;

    SpherePolygon(Loop shell, List<Loop> holes) {
        this.shell = shell;
        this.holes = List.copyOf(holes);
        List<Loop> all = new ArrayList<>(holes.size() + 1);
        all.add(shell);
        all.addAll(holes);
        this.loops = List.copyOf(all);
    }

    Loop shell() {
        return shell;
    }

    /** The shell, then the holes. */
    List<Loop> loops() {
        return loops;
    }

    Cap bound() {
        return shell.bound();
    }

    boolean isBig() {
        return shell.isBig();
    }

    /** In units of the squared radius. */
    double area() {
        return shell.area() - holes.stream().mapToDouble(Loop::area).sum();
    }

    boolean contains(SpherePoint point) {
        return contains(point, Arc.TOUCHING);
    }

    boolean contains(SpherePoint point, double tolerance) {
        if (!bound().isNear(new Cap(point, 0), tolerance)) {
            return false;
        }
        return hasInside(point) || touches(point, tolerance);
    }

    /** On which side all points lie that are at most so far from this one. */
    Side side(SpherePoint point, double distance) {
        Side side = shell.side(point, distance);
        for (int index = 0; side != Side.OUTSIDE && index < holes.size(); index++) {
            Side ofHole = holes.get(index).side(point, distance);
            if (ofHole != Side.OUTSIDE) {
                side = ofHole == Side.INSIDE ? Side.OUTSIDE : Side.EDGE;
            }
        }
        return side;
    }

    private boolean hasInside(SpherePoint point) {
        return shell.contains(point) && holes.stream().noneMatch(hole -> hole.contains(point));
    }

    private boolean touches(SpherePoint point, double tolerance) {
        return loops.stream().anyMatch(loop -> loop.edges().touches(point, tolerance));
    }

    double distance(SpherePoint point) {
        if (hasInside(point)) {
            return 0;
        }
        return loops.stream().mapToDouble(loop -> loop.edges().distance(point)).min().orElseThrow();
    }

    boolean contains(SphereLine line) {
        return contains(line.edges());
    }

    private boolean contains(Edges edges) {
        return edges.arcs().stream().allMatch(this::contains);
    }

    /** Cuts the arc wherever it meets a line of this; then the middle of each piece decides. */
    private boolean contains(Arc arc) {
        if (!contains(arc.from()) || !contains(arc.to())) {
            return false;
        }
        List<Double> cuts = new ArrayList<>(List.of(0.0, arc.length()));
        for (Loop loop : loops) {
            for (Arc edge : loop.edges().near(arc, Arc.TOUCHING)) {
                addCuts(arc, edge, cuts);
            }
        }
        cuts.sort(null);
        for (int index = 1; index < cuts.size(); index++) {
            double middle = (cuts.get(index - 1) + cuts.get(index)) / 2;
            if (!contains(arc.at(middle))) {
                return false;
            }
        }
        return true;
    }

    private static void addCuts(Arc arc, Arc edge, List<Double> cuts) {
        if (arc.crosses(edge)) {
            cuts.add(arc.from().distance(arc.crossing(edge)));
        }
        // Every vertex is the start of one edge.
        if (arc.touches(edge.from(), Arc.TOUCHING)) {
            cuts.add(arc.from().distance(arc.nearest(edge.from())));
        }
    }

    /**
     * The lines of the other must be inside this; then each part of the sphere that this leaves out
     * is inside the other or outside as a whole, and one point of it tells.
     */
    boolean contains(SpherePolygon other) {
        return other.loops.stream().allMatch(loop -> contains(loop.edges()))
                && !other.hasInside(shell.outside())
                && holes.stream().noneMatch(hole -> other.hasInside(hole.inside()));
    }

    boolean intersects(SphereLine line) {
        return bound().isNear(line.bound(), Arc.TOUCHING)
                && (contains(line.vertices().getFirst())
                        || loops.stream()
                                .anyMatch(
                                        loop ->
                                                loop.edges()
                                                        .intersects(line.edges(), Arc.TOUCHING)));
    }

    boolean intersects(SpherePolygon other) {
        return intersects(other, Arc.TOUCHING);
    }

    /** Where no lines meet, one area is inside the other, or they have nothing in common. */
    boolean intersects(SpherePolygon other, double tolerance) {
        return bound().isNear(other.bound(), tolerance)
                && (contains(other.shell.vertices().getFirst(), tolerance)
                        || other.contains(shell.vertices().getFirst(), tolerance)
                        || linesIntersect(other, tolerance));
    }

    private boolean linesIntersect(SpherePolygon other, double tolerance) {
        for (Loop loop : loops) {
            for (Loop that : other.loops) {
                if (loop.edges().intersects(that.edges(), tolerance)) {
                    return true;
                }
            }
        }
        return false;
    }
}
