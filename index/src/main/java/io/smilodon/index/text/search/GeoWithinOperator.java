package io.smilodon.index.text.search;

import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.ShapeField.QueryRelation;
import org.apache.lucene.geo.Circle;
import org.apache.lucene.geo.LatLonGeometry;
import org.apache.lucene.geo.Point;
import org.apache.lucene.geo.Polygon;
import org.apache.lucene.geo.Rectangle;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;

/**
 * {@code {geoWithin: {path, box or circle or geometry, score?}}}: points within a box of degrees, a
 * circle, or polygons.
 */
record GeoWithinOperator(List<String> paths, List<LatLonGeometry> shapes)
        implements SearchOperator {

    private static final String BOX = "box";
    private static final String CIRCLE = "circle";
    private static final String GEOMETRY = "geometry";
    private static final String RADIUS = "radius";

    static SearchOperator parse(Options operator) {
        operator.only("path", BOX, CIRCLE, GEOMETRY, "score");
        long given = List.of(BOX, CIRCLE, GEOMETRY).stream().filter(operator::has).count();
        if (given != 1) {
            throw Options.error(
                    "Points lie within one of box, circle and geometry",
                    Map.of("actual", given),
                    operator.location());
        }
        List<String> paths = SearchPath.parse(operator).plain(operator.at("path"));
        return new GeoWithinOperator(paths, shapes(operator));
    }

    private static List<LatLonGeometry> shapes(Options operator) {
        if (operator.has(BOX)) {
            Options box = operator.object(BOX).only("bottomLeft", "topRight");
            return List.of(box(point(box, "bottomLeft"), point(box, "topRight"), box));
        }
        if (operator.has(CIRCLE)) {
            Options circle = operator.object(CIRCLE).only("center", RADIUS);
            Point center = point(circle, "center");
            double radius = circle.number(RADIUS);
            return GeoErrors.checked(
                    circle.at(RADIUS),
                    () -> List.of(new Circle(center.getLat(), center.getLon(), radius)));
        }
        List<LatLonGeometry> shapes = GeoErrors.shapes(operator, GEOMETRY, GeoJsonShapes.WRITTEN);
        if (!shapes.stream().allMatch(shape -> shape instanceof Polygon)) {
            throw operator.error(GEOMETRY, "Points lie within polygons only", Map.of());
        }
        return shapes;
    }

    /** East of its left side; it may go across the meridian of 180 degrees. */
    private static Rectangle box(Point low, Point high, Options written) {
        if (low.getLat() > high.getLat()) {
            throw written.error("topRight", "The top of a box lies below its bottom", Map.of());
        }
        return new Rectangle(low.getLat(), high.getLat(), low.getLon(), high.getLon());
    }

    /** The one point of a GeoJSON object. */
    static Point point(Options options, String name) {
        List<LatLonGeometry> shapes = GeoErrors.shapes(options, name, GeoJsonShapes.WRITTEN);
        if (shapes.size() == 1 && shapes.get(0) instanceof Point point) {
            return point;
        }
        throw options.error(name, "The geometry is no point", Map.of());
    }

    @Override
    public Query query(SearchContext context) {
        for (String path : paths) {
            context.require(
                    path,
                    type -> type instanceof GeoType,
                    "geoWithin requires path '" + path + "' to be indexed as 'geo'");
        }
        return Words.any(paths, List.of(""), path -> text -> query(context.path(path)));
    }

    private Query query(String path) {
        return new ConstantScoreQuery(
                LatLonPoint.newGeometryQuery(
                        FieldNames.points(path),
                        QueryRelation.INTERSECTS,
                        shapes.toArray(LatLonGeometry[]::new)));
    }
}
