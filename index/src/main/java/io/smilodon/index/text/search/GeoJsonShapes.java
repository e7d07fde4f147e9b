package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.geo.LatLonGeometry;
import org.apache.lucene.geo.Line;
import org.apache.lucene.geo.Point;
import org.apache.lucene.geo.Polygon;

/**
 * Reads GeoJSON as geometries of Lucene's: their edges are straight in degrees, and do not cross
 * the meridian of 180 degrees.
 *
 * @param rounds whether degrees are rounded as Lucene rounds what it indexes, so that what was
 *     equal stays equal
 */
record GeoJsonShapes(boolean rounds) {

    /** As it was written. */
    static final GeoJsonShapes WRITTEN = new GeoJsonShapes(false);

    /** As it is indexed. */
    static final GeoJsonShapes INDEXED = new GeoJsonShapes(true);

    private static final String GEOMETRIES = "geometries";

    private static final Map<String, Reader> TABLE =
            Map.of(
                    "Point", (shapes, places) -> List.of(shapes.point(places)),
                    "MultiPoint", (shapes, places) -> each(places, shapes::point),
                    "LineString", (shapes, places) -> List.of(shapes.line(places)),
                    "MultiLineString", (shapes, places) -> each(places, shapes::line),
                    "Polygon", (shapes, places) -> List.of(shapes.polygon(places)),
                    "MultiPolygon", (shapes, places) -> each(places, shapes::polygon));

    /** Reads the coordinates of one type of geometry. */
    private interface Reader {
        List<LatLonGeometry> read(GeoJsonShapes shapes, Value coordinates);
    }

    /**
     * The geometries of a document.
     *
     * @throws IllegalArgumentException if it is not GeoJSON, or none that Lucene takes
     */
    List<LatLonGeometry> of(Document document) {
        String type = document.get("type") instanceof StringValue text ? text.value() : "";
        if (type.equals("GeometryCollection")) {
            List<LatLonGeometry> all = new ArrayList<>();
            for (Value inner : array(document.get(GEOMETRIES))) {
                if (!(inner instanceof Document geometry)) {
                    throw new IllegalArgumentException(GEOMETRIES + ": " + inner);
                }
                all.addAll(of(geometry));
            }
            return all;
        }
        Reader reader = TABLE.get(type);
        if (reader == null) {
            throw new IllegalArgumentException("type: " + type);
        }
        return reader.read(this, document.get("coordinates"));
    }

    /** How many positions make up a geometry. */
    static int positions(LatLonGeometry geometry) {
        return switch (geometry) {
            case Line line -> line.numPoints();
            case Polygon polygon -> {
                int count = polygon.numPoints();
                for (Polygon hole : polygon.getHoles()) {
                    count += hole.numPoints();
                }
                yield count;
            }
            default -> 1;
        };
    }

    private static List<LatLonGeometry> each(
            Value coordinates, Function<Value, LatLonGeometry> reader) {
        List<LatLonGeometry> all = new ArrayList<>();
        array(coordinates).forEach(one -> all.add(reader.apply(one)));
        return all;
    }

    private Point point(Value position) {
        double[] place = position(position);
        return new Point(place[1], place[0]);
    }

    private Line line(Value positions) {
        Ring read = ring(positions);
        return new Line(read.latitudes, read.longitudes);
    }

    private Polygon polygon(Value rings) {
        List<Polygon> read = new ArrayList<>();
        for (Value ring : array(rings)) {
            Ring positions = ring(ring);
            read.add(new Polygon(positions.latitudes, positions.longitudes));
        }
        if (read.size() <= 1) {
            return read.stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a polygon without a ring"));
        }
        Polygon outer = read.get(0);
        Polygon[] holes = read.subList(1, read.size()).toArray(Polygon[]::new);
        return new Polygon(outer.getPolyLats(), outer.getPolyLons(), holes);
    }

    private record Ring(double[] latitudes, double[] longitudes) {}

    private Ring ring(Value positions) {
        ArrayValue array = array(positions);
        double[] latitudes = new double[array.size()];
        double[] longitudes = new double[array.size()];
        int next = 0;
        for (Value position : array) {
            double[] place = position(position);
            longitudes[next] = place[0];
            latitudes[next++] = place[1];
        }
        return new Ring(latitudes, longitudes);
    }

    /**
     * The longitude and the latitude, rounded as Lucene rounds what it indexes: so that equal
     * places stay equal.
     */
    private double[] position(Value position) {
        ArrayValue array = array(position);
        boolean isPlace =
                array.size() >= 2
                        && array.get(0) instanceof NumberValue
                        && array.get(1) instanceof NumberValue;
        if (!isPlace) {
            throw new IllegalArgumentException("a position of no numbers: " + position);
        }
        double longitude = ((NumberValue) array.get(0)).toDouble();
        double latitude = ((NumberValue) array.get(1)).toDouble();
        if (!rounds) {
            return new double[] {longitude, latitude};
        }
        return new double[] {
            GeoEncodingUtils.decodeLongitude(GeoEncodingUtils.encodeLongitude(longitude)),
            GeoEncodingUtils.decodeLatitude(GeoEncodingUtils.encodeLatitude(latitude))
        };
    }

    private static ArrayValue array(Value value) {
        if (value instanceof ArrayValue array) {
            return array;
        }
        throw new IllegalArgumentException("no array: " + value);
    }
}
