package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.noding.snap.SnappingNoder;
import org.locationtech.jts.operation.linemerge.LineMerger;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * What several geometries cover together, and what they have in common. JTS lays them over each
 * other in a {@link GnomonicPlane}, so that edges are great circles here too; what is nearer than
 * {@link Arc#TOUCHING} becomes one.
 */
public final class SphereOverlay {

    /** JTS cannot be stopped on its way, and takes about a second for so many. */
    public static final int VERTICES_MAX = 50_000;

    /**
     * Each becomes some vertices of the result, of which two combs have far more than their own.
     */
    public static final int CROSSINGS_MAX = 20_000;

    private final GnomonicPlane plane;

    SphereOverlay(GnomonicPlane plane) {
        this.plane = plane;
    }

    /**
     * What any of them covers; what an area covers is no line or point any more.
     *
     * @param step called with the number of edges that are compared; may end the work by throwing
     * @throws SmilodonException 2 if together they are more than half of the sphere, {@value
     *     #VERTICES_MAX} vertices or {@value #CROSSINGS_MAX} crossings
     */
    public static Optional<SphereGeometry> union(
            List<SphereGeometry> geometries, LongConsumer step) {
        if (geometries.isEmpty()) {
            return Optional.empty();
        }
        requireFew(geometries, VERTICES_MAX, step);
        return some(
                new SphereOverlay(GnomonicPlane.around(geometries, 0))
                        .united(SphereGeometry.union(geometries)));
    }

    /**
     * What all of them cover; empty if that is nothing.
     *
     * @throws SmilodonException as {@link #union} does
     */
    public static Optional<SphereGeometry> intersection(
            List<SphereGeometry> geometries, LongConsumer step) {
        requireFew(geometries, VERTICES_MAX, step);
        Optional<SphereGeometry> common = geometries.stream().findFirst();
        for (int index = 1; index < geometries.size(); index++) {
            SphereGeometry next = geometries.get(index);
            common = common.flatMap(one -> intersection(one, next));
        }
        return common;
    }

    private static Optional<SphereGeometry> intersection(SphereGeometry one, SphereGeometry other) {
        if (!one.intersects(other)) {
            return Optional.empty();
        }
        List<SphereGeometry> both = List.of(one, other);
        return some(new SphereOverlay(GnomonicPlane.around(both, 0)).common(one, other));
    }

    private static Optional<SphereGeometry> some(SphereGeometry geometry) {
        return geometry.isEmpty() ? Optional.empty() : Optional.of(geometry);
    }

    static void requireFew(List<SphereGeometry> geometries, int most, LongConsumer step) {
        int vertices = geometries.stream().mapToInt(SphereGeometry::vertexCount).sum();
        if (vertices > most) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "Geometries have too many vertices to be combined",
                            Map.of("vertices", vertices, "max", most))
                    .withHint("$geoSimplify first");
        }
        Edges all =
                new Edges(
                        geometries.stream()
                                .flatMap(geometry -> geometry.edges().stream())
                                .flatMap(edges -> edges.arcs().stream())
                                .toList());
        if (crossings(all, step) > CROSSINGS_MAX) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "Geometries cross each other too often to be combined",
                    Map.of("max", CROSSINGS_MAX));
        }
    }

    /** How often edges cross; no more are counted than matters. */
    private static int crossings(Edges edges, LongConsumer step) {
        int twice = 0;
        for (Arc arc : edges.arcs()) {
            List<Arc> near = edges.near(arc, 0);
            step.accept(near.size());
            for (Arc other : near) {
                twice += arc.crosses(other) ? 1 : 0;
            }
            if (twice / 2 > CROSSINGS_MAX) {
                break;
            }
        }
        return twice / 2;
    }

    private SphereGeometry united(SphereGeometry all) {
        Geometry areas = areas(all);
        Geometry lines = lines(all);
        if (!areas.isEmpty() && !lines.isEmpty()) {
            lines = overlay(lines, areas, OverlayNG.DIFFERENCE);
        }
        SphereGeometry wide =
                SphereGeometry.union(List.of(plane.toSphere(areas), plane.toSphere(merged(lines))));
        return SphereGeometry.union(
                List.of(new SphereGeometry(alone(all.points(), wide), List.of(), List.of()), wide));
    }

    /** Points that nothing else covers, each once. */
    private static List<SpherePoint> alone(List<SpherePoint> points, SphereGeometry wide) {
        return points.stream()
                .distinct()
                .filter(point -> !wide.intersects(SphereGeometry.of(point)))
                .toList();
    }

    private SphereGeometry common(SphereGeometry one, SphereGeometry other) {
        List<SphereGeometry> parts = new ArrayList<>();
        for (Geometry left : List.of(areas(one), lines(one))) {
            for (Geometry right : List.of(areas(other), lines(other))) {
                if (!left.isEmpty() && !right.isEmpty()) {
                    parts.add(plane.toSphere(overlay(left, right, OverlayNG.INTERSECTION)));
                }
            }
        }
        List<SpherePoint> points = new ArrayList<>(shared(one.points(), other));
        points.addAll(shared(other.points(), one));
        parts.add(new SphereGeometry(points, List.of(), List.of()));
        return united(SphereGeometry.union(parts));
    }

    private static List<SpherePoint> shared(List<SpherePoint> points, SphereGeometry with) {
        return points.stream().filter(point -> with.intersects(SphereGeometry.of(point))).toList();
    }

    /** The areas as one that JTS takes for valid: those of a document may lie over each other. */
    Geometry areas(SphereGeometry geometry) {
        return united(geometry.polygons().stream().map(plane::area).toList());
    }

    private Geometry lines(SphereGeometry geometry) {
        return united(geometry.lines().stream().map(line -> plane.line(line.vertices())).toList());
    }

    static Geometry united(List<Geometry> parts) {
        Geometry all = GnomonicPlane.collection(parts);
        return parts.isEmpty() ? all : guarded(() -> OverlayNGRobust.union(all));
    }

    private static Geometry merged(Geometry lines) {
        LineMerger merger = new LineMerger();
        merger.add(lines);
        List<Geometry> merged = new ArrayList<>();
        for (Object line : merger.getMergedLineStrings()) {
            merged.add((Geometry) line);
        }
        return GnomonicPlane.collection(merged);
    }

    static Geometry overlay(Geometry one, Geometry other, int operation) {
        try {
            return OverlayNG.overlay(one, other, operation, new SnappingNoder(Arc.TOUCHING));
        } catch (TopologyException tooNarrow) {
            // Where much lies within the distance that becomes one, less is made one.
            return guarded(() -> OverlayNGRobust.overlay(one, other, operation));
        }
    }

    private static Geometry guarded(Supplier<Geometry> work) {
        try {
            return work.get();
        } catch (TopologyException invalid) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "Geometries cannot be combined: their edges touch themselves",
                    Map.of(),
                    invalid);
        }
    }
}
