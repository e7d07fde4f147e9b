package io.smilodon.index.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The arcs of a line or of a loop, so that those near another arc are found without looking at all
 * of them. Immutable and thread-safe.
 *
 * <p>Many arcs stand in a tree by their extent in x and y of space; the planar tree of JTS sorts
 * out those that are not above each other.
 */
final class Edges {

    /** Below, looking at each is faster than a tree. */
    private static final int TREE_EDGES_MIN = 48;

    private static final STRtree NO_TREE = new STRtree();

    private final List<Arc> arcs;
    private final STRtree tree;

    Edges(List<Arc> arcs) {
        this.arcs = List.copyOf(arcs);
        this.tree = arcs.size() < TREE_EDGES_MIN ? NO_TREE : treeOf(arcs);
    }

    private static STRtree treeOf(List<Arc> arcs) {
        STRtree tree = new STRtree();
        arcs.forEach(arc -> tree.insert(envelope(arc, 0), arc));
        // Built now: a tree that builds itself at the first question is not thread-safe.
        tree.build();
        return tree;
    }

    /** An arc leaves the box of its ends by no more than the height above its chord. */
    private static Envelope envelope(Arc arc, double tolerance) {
        Envelope envelope =
                new Envelope(arc.from().x(), arc.to().x(), arc.from().y(), arc.to().y());
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
        for (Arc near : near(arc, tolerance)) {
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

    double distance(Edges other) {
        double least = Math.PI;
        for (Arc arc : arcs) {
            for (Arc that : other.arcs) {
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
