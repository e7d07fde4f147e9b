package io.smilodon.index.geo;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NullValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Leaves out vertices of lines and areas that lie within a distance of the edges that then remain,
 * all on the sphere (Douglas and Peucker, "Algorithms for the reduction of the number of points
 * required to represent a digitized line"). No part vanishes; where an area would no longer be a
 * valid one, it is simplified with half of the distance, and so on.
 *
 * <p>Used once; not thread-safe.
 */
public final class SphereSimplifier {

    private static final int HALVINGS = 20;

    private final Runnable step;

    /**
     * @param step called for every vertex that is looked at; may end the work by throwing
     */
    public SphereSimplifier(Runnable step) {
        this.step = step;
    }

    /** The geometry with fewer vertices; points stay. */
    public SphereGeometry simplified(SphereGeometry geometry, double radians) {
        List<SphereLine> lines = new ArrayList<>();
        geometry.lines().forEach(line -> lines.add(line(line, radians)));
        List<SpherePolygon> polygons = new ArrayList<>();
        geometry.polygons().forEach(area -> polygons.add(polygon(area, radians)));
        return new SphereGeometry(geometry.points(), lines, polygons);
    }

    private SphereLine line(SphereLine line, double radians) {
        List<SpherePoint> vertices = line.vertices();
        boolean isClosed = LineRules.isSame(vertices.getFirst(), vertices.getLast());
        return new SphereLine(isClosed ? ring(vertices, radians) : kept(vertices, radians));
    }

    private SpherePolygon polygon(SpherePolygon area, double radians) {
        double tolerance = radians;
        for (int halving = 0; halving < HALVINGS; halving++) {
            List<List<SpherePoint>> rings = new ArrayList<>();
            for (Loop loop : area.loops()) {
                List<SpherePoint> ring = new ArrayList<>(loop.vertices());
                ring.add(ring.getFirst());
                rings.add(ring(ring, tolerance));
            }
            try {
                return area.isBig()
                        ? PolygonRules.wound(rings.getFirst(), NullValue.INSTANCE)
                        : PolygonRules.polygon(rings, NullValue.INSTANCE);
            } catch (SmilodonException notValid) {
                tolerance /= 2;
            }
        }
        return area;
    }

    /** From its first vertex to the farthest, and back. */
    private List<SpherePoint> ring(List<SpherePoint> ring, double radians) {
        int farthest = 1;
        for (int index = 2; index < ring.size() - 1; index++) {
            step.run();
            if (ring.getFirst().dot(ring.get(index)) < ring.getFirst().dot(ring.get(farthest))) {
                farthest = index;
            }
        }
        List<SpherePoint> kept = kept(ring.subList(0, farthest + 1), radians);
        kept.removeLast();
        kept.addAll(kept(ring.subList(farthest, ring.size()), radians));
        return kept;
    }

    private List<SpherePoint> kept(List<SpherePoint> vertices, double radians) {
        BitSet kept = new BitSet(vertices.size());
        kept.set(0);
        kept.set(vertices.size() - 1);
        Deque<int[]> open = new ArrayDeque<>();
        open.push(new int[] {0, vertices.size() - 1});
        while (!open.isEmpty()) {
            int[] range = open.pop();
            int farthest = farthest(vertices, range, radians);
            if (farthest > range[0]) {
                kept.set(farthest);
                open.push(new int[] {range[0], farthest});
                open.push(new int[] {farthest, range[1]});
            }
        }
        List<SpherePoint> left = new ArrayList<>(kept.cardinality());
        kept.stream().forEach(index -> left.add(vertices.get(index)));
        return left;
    }

    /** The vertex in a range that is farthest from its ends' arc; its start if all are near. */
    private int farthest(List<SpherePoint> vertices, int[] range, double radians) {
        Arc arc = Arc.of(vertices.get(range[0]), vertices.get(range[1]));
        int farthest = range[0];
        double most = radians;
        for (int index = range[0] + 1; index < range[1]; index++) {
            step.run();
            double distance = arc.distance(vertices.get(index));
            if (distance > most) {
                most = distance;
                farthest = index;
            }
        }
        return farthest;
    }
}
