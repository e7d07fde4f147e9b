package io.smilodon.index.geo;

import java.util.List;

/** An area of a plane, its edge included. */
sealed interface PlaneRegion {

    boolean contains(PlanePoint point);

    /** A box around it. */
    Box bounds();

    /** Whether it may have a point in the box; never no if it has. */
    default boolean mayIntersect(Box box) {
        return bounds().mayIntersect(box);
    }

    /**
     * A rectangle whose sides are parallel to the axes.
     *
     * @param low its lowest x and y
     * @param high its highest x and y
     */
    record Box(PlanePoint low, PlanePoint high) implements PlaneRegion {

        /** The box with these opposite corners. */
        static Box between(PlanePoint one, PlanePoint other) {
            return new Box(
                    new PlanePoint(Math.min(one.x(), other.x()), Math.min(one.y(), other.y())),
                    new PlanePoint(Math.max(one.x(), other.x()), Math.max(one.y(), other.y())));
        }

        @Override
        public boolean contains(PlanePoint point) {
            return low.x() <= point.x()
                    && point.x() <= high.x()
                    && low.y() <= point.y()
                    && point.y() <= high.y();
        }

        @Override
        public Box bounds() {
            return this;
        }

        @Override
        public boolean mayIntersect(Box other) {
            return low.x() <= other.high.x()
                    && other.low.x() <= high.x()
                    && low.y() <= other.high.y()
                    && other.low.y() <= high.y();
        }

        /** The distance to its nearest point; 0 inside. */
        double distance(PlanePoint point) {
            double dx = Math.max(0, Math.max(low.x() - point.x(), point.x() - high.x()));
            double dy = Math.max(0, Math.max(low.y() - point.y(), point.y() - high.y()));
            return Math.hypot(dx, dy);
        }

        /** The distance to its farthest point. */
        double distanceMax(PlanePoint point) {
            double dx = Math.max(Math.abs(point.x() - low.x()), Math.abs(point.x() - high.x()));
            double dy = Math.max(Math.abs(point.y() - low.y()), Math.abs(point.y() - high.y()));
            return Math.hypot(dx, dy);
        }
    }

    /** A circle with its inside. */
    record Circle(PlanePoint center, double radius) implements PlaneRegion {

        @Override
        public boolean contains(PlanePoint point) {
            return center.distance(point) <= radius;
        }

        @Override
        public Box bounds() {
            return new Box(
                    new PlanePoint(center.x() - radius, center.y() - radius),
                    new PlanePoint(center.x() + radius, center.y() + radius));
        }

        @Override
        public boolean mayIntersect(Box box) {
            return box.distance(center) <= radius;
        }
    }

    /**
     * A polygon without holes. Where its edges cross, a point is inside that they go around an odd
     * number of times.
     *
     * @param vertices at least three; the last is joined to the first
     */
    record Polygon(List<PlanePoint> vertices) implements PlaneRegion {

        public Polygon {
            vertices = List.copyOf(vertices);
        }

        @Override
        public boolean contains(PlanePoint point) {
            boolean isInside = false;
            PlanePoint from = vertices.getLast();
            for (PlanePoint to : vertices) {
                if (isOn(point, from, to)) {
                    return true;
                }
                if (from.y() > point.y() != to.y() > point.y()) {
                    double share = (point.y() - from.y()) / (to.y() - from.y());
                    if (point.x() < from.x() + share * (to.x() - from.x())) {
                        isInside = !isInside;
                    }
                }
                from = to;
            }
            return isInside;
        }

        private static boolean isOn(PlanePoint point, PlanePoint from, PlanePoint to) {
            double turn =
                    (to.x() - from.x()) * (point.y() - from.y())
                            - (to.y() - from.y()) * (point.x() - from.x());
            return turn == 0 && Box.between(from, to).contains(point);
        }

        @Override
        public Box bounds() {
            double left = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            double bottom = Double.POSITIVE_INFINITY;
            double top = Double.NEGATIVE_INFINITY;
            for (PlanePoint vertex : vertices) {
                left = Math.min(left, vertex.x());
                right = Math.max(right, vertex.x());
                bottom = Math.min(bottom, vertex.y());
                top = Math.max(top, vertex.y());
            }
            return new Box(new PlanePoint(left, bottom), new PlanePoint(right, top));
        }
    }
}
