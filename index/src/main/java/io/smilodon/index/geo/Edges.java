package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The arcs of a line or of a loop, so that those near another arc are found without looking at all
 * of them. Immutable and thread-safe.
 *
 * <p>Many arcs stand in a planar tree of JTS by their extent along two axes of space, those on
 * which they are not seen from the side; it sorts out those that are not above each other.
 */
final class Edges {

    /** Below, looking at each is faster than a tree. */
    static final int TREE_EDGES_MIN = 48;

    private static final STRtree NO_TREE = new STRtree();

    private final List<Arc> arcs;
    private final ToDoubleFunction<SpherePoint> first;
    private final ToDoubleFunction<SpherePoint> second;
    private final STRtree tree;

    Edges(List<Arc> arcs) {
        this.arcs = List.copyOf(arcs);
        SpherePoint above = new SpherePoint(0, 0, 0);
        for (Arc arc : arcs) {
            above = above.plus(arc.from());
        }
        double x = Math.abs(above.x());
        double y = Math.abs(above.y());
        double z = Math.abs(above.z());
        this.first = x > y && x > z ? SpherePoint::y : SpherePoint::x;
        this.second = z >= x && z >= y ? SpherePoint::y : SpherePoint::z;
        this.tree = arcs.size() < TREE_EDGES_MIN ? NO_TREE : treeOf(arcs);
    }

    private STRtree treeOf(List<Arc> arcs) {
        STRtree tree = new STRtree();
        arcs.forEach(arc -> tree.insert(envelope(arc, 0), arc));
        // Built now: a tree that builds itself at the first question is not thread-safe.
        tree.build();
        return tree;
    }

    /** An arc leaves the box of its ends by no more than the height above its chord. */
    private Envelope envelope(Arc arc, double tolerance) {
        Envelope envelope =
                new Envelope(
                        first.applyAsDouble(arc.from()),
                        first.applyAsDouble(arc.to()),
                        second.applyAsDouble(arc.from()),
                        second.applyAsDouble(arc.to()));
        envelope.expandBy(1 - Math.cos(arc.length() / 2) + 2 * Arc.TOUCHING + tolerance);
        return envelope;
    }

    List<Arc> arcs() {
        return arcs;
    }

    /** The arcs that may be so close to this one, and perhaps others. */
    @SuppressWarnings("unchecked")
    List<Arc> near(Arc arc, double tolerance) {
        return tree == NO_TREE ? arcs : tree.query(envelope(arc, tolerance));
    }

    boolean touches(SpherePoint point, double tolerance) {
        return anyNear(
                new Arc(point, point, point), tolerance, arc -> arc.touches(point, tolerance));
    }

    /** Whether an edge is at most so far from the point. */
    boolean isNear(SpherePoint point, double distance) {
        double height = height(distance);
        return anyNear(
                new Arc(point, point, point),
                distance,
                arc ->
                        Math.abs(arc.normal().dot(point)) <= height
                                && arc.distance(point) <= distance);
    }

    /** How high above a great circle points lie that are so far from it; beyond a quarter, all. */
    static double height(double distance) {
        return distance < Math.PI / 2 ? Math.sin(distance) : Double.POSITIVE_INFINITY;
    }

    boolean intersects(Edges other, double tolerance) {
        if (arcs.size() < other.arcs.size()) {
            return other.intersects(this, tolerance);
        }
        for (Arc arc : other.arcs) {
            if (anyNear(arc, tolerance, near -> near.intersects(arc, tolerance))) {
                return true;
            }
        }
        return false;
    }

    private boolean anyNear(Arc arc, double tolerance, Predicate<Arc> test) {
        List<Arc> close = near(arc, tolerance);
        GeometryWork.take(close.size());
        for (Arc near : close) {
            if (test.test(near)) {
                return true;
            }
        }
        return false;
    }

    double distance(SpherePoint point) {
        double least = Math.PI;
        for (Arc arc : arcs) {
            least = Math.min(least, arc.distance(point));
        }
        return least;
    }

    /** The least distance between two arcs; the step is called with how many are compared. */
    double distance(Edges other, LongConsumer step) {
        if (arcs.size() < other.arcs.size()) {
            return other.distance(this, step);
        }
        double least = distance(other.arcs.getFirst().from());
        for (Arc that : other.arcs) {
            // Chords are shorter than arcs: what is nearer is in the box that the least makes.
            List<Arc> close = near(that, least);
            step.accept(close.size());
            for (Arc arc : close) {
                least = Math.min(least, arc.distance(that));
            }
        }
        return least;
    }

    static List<Arc> between(List<SpherePoint> vertices, boolean isClosed) {
        List<Arc> arcs = new ArrayList<>(vertices.size());
        for (int index = 1; index < vertices.size(); index++) {
            arcs.add(Arc.of(vertices.get(index - 1), vertices.get(index)));
        }
        if (isClosed) {
            arcs.add(Arc.of(vertices.getLast(), vertices.getFirst()));
        }
        return arcs;
    }
}
