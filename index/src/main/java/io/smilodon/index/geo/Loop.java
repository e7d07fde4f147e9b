package io.smilodon.index.geo;

import java.util.List;

/**
 * A closed line that does not touch itself, and one of the two areas that it bounds. Immutable and
 * thread-safe.
 *
 * <p>Whether a point is inside is told by counting how often an arc from it to a point known to be
 * inside crosses the line. That works for areas of any size, and at the poles as anywhere.
 */
final class Loop {

    private static final double NEARLY_OPPOSITE = -0.9;
    private static final double SAME = 1e-13;
    private static final double WHOLE_SPHERE = 4 * Math.PI;

    private final List<SpherePoint> vertices;
    private final Edges edges;
    private final boolean isLeft;
    private final boolean isBig;
    private final boolean isConvex;
    private final Cap bound;
    private final double area;
    private final SpherePoint inside;
    private final SpherePoint outside;

    private Loop(List<SpherePoint> vertices, boolean isLeft, double area) {
        this.vertices = List.copyOf(vertices);
        this.edges = new Edges(Edges.between(this.vertices, true));
        this.isLeft = isLeft;
        this.area = area;
        this.isBig = area > WHOLE_SPHERE / 2;
        this.isConvex = !isBig && vertices.size() < Edges.TREE_EDGES_MIN && hasAllOnOneSide();
        this.bound = isBig ? Cap.everything() : Cap.around(this.vertices);
        Arc longest = longest();
        SpherePoint sideways = longest.normal().times(offset(longest));
        SpherePoint left = longest.middle().plus(sideways).normalized();
        SpherePoint right = longest.middle().plus(sideways.times(-1)).normalized();
        this.inside = isLeft ? left : right;
        this.outside = isLeft ? right : left;
    }

    /**
     * The smaller of the two areas.
     *
     * @param vertices at least three, the first not repeated
     */
    static Loop smaller(List<SpherePoint> vertices) {
        double left = areaToTheLeft(vertices);
        boolean isLeft = left <= WHOLE_SPHERE / 2;
        return new Loop(vertices, isLeft, isLeft ? left : WHOLE_SPHERE - left);
    }

    /** The area to the left of the way around, however large. */
    static Loop left(List<SpherePoint> vertices) {
        return new Loop(vertices, true, areaToTheLeft(vertices));
    }

    /** The signed triangles from the first vertex, by the formula of Van Oosterom and Strackee. */
    private static double areaToTheLeft(List<SpherePoint> vertices) {
        SpherePoint apex = vertices.getFirst();
        double sum = 0;
        for (int index = 2; index < vertices.size(); index++) {
            SpherePoint from = vertices.get(index - 1);
            SpherePoint to = vertices.get(index);
            // From the apex, so that small areas do not drown in rounding.
            double volume = apex.dot(minus(from, apex).cross(minus(to, apex)));
            double whole = 1 + apex.dot(from) + from.dot(to) + to.dot(apex);
            sum += 2 * Math.atan2(volume, whole);
        }
        double rest = sum % WHOLE_SPHERE;
        return rest < 0 ? rest + WHOLE_SPHERE : rest;
    }

    private static SpherePoint minus(SpherePoint one, SpherePoint other) {
        return one.plus(other.times(-1));
    }

    private Arc longest() {
        Arc longest = edges.arcs().getFirst();
        for (Arc arc : edges.arcs()) {
            longest = arc.length() > longest.length() ? arc : longest;
        }
        return longest;
    }

    /** Half of the way from the middle of an edge to the nearest other one. */
    private double offset(Arc edge) {
        SpherePoint middle = edge.middle();
        double free = edge.length() / 2;
        for (Arc other : edges.arcs()) {
            if (other != edge) {
                free = Math.min(free, other.distance(middle));
            }
        }
        return Math.tan(Math.min(free / 2, Math.PI / 8));
    }

    private boolean hasAllOnOneSide() {
        for (Arc arc : edges.arcs()) {
            for (SpherePoint vertex : vertices) {
                if (height(arc, vertex) < -SAME) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How high a point lies above the edge, towards the area. */
    private double height(Arc edge, SpherePoint point) {
        double toTheLeft = edge.normal().dot(point);
        return isLeft ? toTheLeft : -toTheLeft;
    }

    /** On which side all points lie that are at most so far from this one. */
    Side side(SpherePoint point, double distance) {
        double reach = distance + SphereArea.MARGIN;
        if (isConvex) {
            return sideOfConvex(point, Edges.height(reach));
        }
        if (!isBig && bound.side(point, distance) == Side.OUTSIDE) {
            return Side.OUTSIDE;
        }
        if (edges.isNear(point, reach)) {
            return Side.EDGE;
        }
        return contains(point) ? Side.INSIDE : Side.OUTSIDE;
    }

    /** What is below one edge is outside, what is above all of them inside. */
    private Side sideOfConvex(SpherePoint point, double reach) {
        Side side = Side.INSIDE;
        List<Arc> arcs = edges.arcs();
        for (int index = 0; index < arcs.size(); index++) {
            double height = height(arcs.get(index), point);
            if (height < -reach) {
                return Side.OUTSIDE;
            }
            side = height <= reach ? Side.EDGE : side;
        }
        return side;
    }

    List<SpherePoint> vertices() {
        return vertices;
    }

    Edges edges() {
        return edges;
    }

    Cap bound() {
        return bound;
    }

    /** Whether its area is to the left of the way around. */
    boolean isLeft() {
        return isLeft;
    }

    /** Whether it is more than half of the sphere. */
    boolean isBig() {
        return isBig;
    }

    /** In units of the squared radius. */
    double area() {
        return area;
    }

    SpherePoint inside() {
        return inside;
    }

    SpherePoint outside() {
        return outside;
    }

    /** Whether a point is inside; one that touches the line may count as either. */
    boolean contains(SpherePoint point) {
        if (!isBig && !bound.contains(point)) {
            return false;
        }
        if (point.dot(inside) > NEARLY_OPPOSITE) {
            return isEven(point, inside);
        }
        SpherePoint between = point.plus(inside.perpendicular()).normalized();
        return isEven(point, between) == isEven(between, inside);
    }

    private boolean isEven(SpherePoint from, SpherePoint to) {
        if (from.distance(to) < SAME) {
            return true;
        }
        Arc way = Arc.of(from, to);
        int crossings = 0;
        List<Arc> close = edges.near(way, 0);
        GeometryWork.take(close.size());
        for (Arc edge : close) {
            if (goesThrough(way, edge)) {
                crossings++;
            }
        }
        return crossings % 2 == 0;
    }

    /** A vertex on the circle of the way counts as to its left, for both of its edges. */
    private static boolean goesThrough(Arc way, Arc edge) {
        boolean fromLeft = way.normal().dot(edge.from()) >= 0;
        boolean toLeft = way.normal().dot(edge.to()) >= 0;
        if (fromLeft == toLeft) {
            return false;
        }
        SpherePoint crossing = edge.crossing(way);
        return way.normal().dot(way.from().cross(crossing)) >= 0
                && way.normal().dot(crossing.cross(way.to())) >= 0;
    }
}
