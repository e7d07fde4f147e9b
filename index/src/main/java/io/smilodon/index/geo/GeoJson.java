package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads geometries as RFC 7946 writes them, and pairs of coordinates, with MongoDB's rules and
 * errors. Immutable and thread-safe.
 *
 * @param allowsMore whether a pair may be followed by other fields, as in documents
 * @param allowsWinding whether a polygon may be larger than half the earth, by its order of
 *     vertices, as in queries
 */
record GeoJson(boolean allowsMore, boolean allowsWinding) {

    /** For what documents hold. */
    static final GeoJson STORED = new GeoJson(true, false);

    /** For what filters ask. */
    static final GeoJson ASKED = new GeoJson(false, true);

    /** For what expressions compute with. */
    static final GeoJson COMPUTED = new GeoJson(true, true);

    static final String TYPE = "type";
    static final String COORDINATES = "coordinates";
    static final String GEOMETRIES = "geometries";
    static final String COLLECTION = "GeometryCollection";

    StoredGeometry parse(Value value) {
        return switch (value) {
            case ArrayValue array -> StoredGeometry.of(pair(array));
            case Document document ->
                    isPair(document) ? StoredGeometry.of(pair(document)) : geometry(document);
            default -> throw invalid("geo element must be an array or object", value);
        };
    }

    /** Whether the first field is a number, so that it is a pair with names. */
    static boolean isPair(Document document) {
        Iterator<Field> fields = document.iterator();
        return fields.hasNext() && fields.next().value() instanceof NumberValue;
    }

    /** Reads a pair or a GeoJSON point. */
    PlanePoint point(Value value) {
        if (value instanceof Document document && !isPair(document)) {
            return geoJsonPoint(document);
        }
        return pair(value);
    }

    PlanePoint geoJsonPoint(Document document) {
        if (document.has(TYPE) && !typeOf(document).equals("Point")) {
            throw invalid("Expected geojson geometry with type Point", document.get(TYPE));
        }
        requirePlainReference(document);
        PlanePoint point = coordinates(document.get(COORDINATES));
        requireInBounds(point);
        return point;
    }

    /** Reads two numbers, from an array or from a document. */
    PlanePoint pair(Value value) {
        return pair(value, allowsMore);
    }

    private static PlanePoint pair(Value value, boolean allowsMore) {
        Iterator<Value> numbers = Coordinates.of(value);
        PlanePoint point = new PlanePoint(Coordinates.next(numbers), Coordinates.next(numbers));
        if (!allowsMore && numbers.hasNext()) {
            throw invalid("Point must only contain two numeric elements", value);
        }
        if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
            throw invalid("Point coordinates must be finite numbers", value);
        }
        return point;
    }

    /** Behind longitude and latitude there may be more, such as an altitude; it is ignored. */
    private static PlanePoint coordinates(Value value) {
        return pair(value, true);
    }

    static void requireInBounds(PlanePoint point) {
        if (!point.isOnSphere()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "Longitude/latitude is out of bounds",
                    Map.of("lng", point.x(), "lat", point.y()));
        }
    }

    private static String typeOf(Document document) {
        return document.get(TYPE) instanceof StringValue type ? type.value() : "";
    }

    StoredGeometry geometry(Document document) {
        String type = typeOf(document);
        if (type.equals("Point")) {
            return StoredGeometry.of(geoJsonPoint(document));
        }
        return StoredGeometry.of(
                type.equals(COLLECTION) ? collection(document) : simple(type, document));
    }

    private SphereGeometry simple(String type, Document document) {
        Value coordinates = document.get(COORDINATES);
        if (type.equals("Polygon")) {
            return SphereGeometry.of(polygon(document));
        }
        requirePlainReference(document);
        return switch (type) {
            case "Point" -> SphereGeometry.of(geoJsonPoint(document).onSphere());
            case "LineString" -> SphereGeometry.of(LineRules.line(positions(coordinates)));
            case "MultiPoint" ->
                    new SphereGeometry(some(positions(coordinates), type), List.of(), List.of());
            case "MultiLineString" -> lines(coordinates);
            case "MultiPolygon" -> polygons(coordinates);
            default -> throw invalid("unknown GeoJSON type", document);
        };
    }

    private SpherePolygon polygon(Document document) {
        Value coordinates = document.get(COORDINATES);
        if (!isStrictlyWound(document)) {
            return PolygonRules.polygon(rings(coordinates), coordinates);
        }
        List<List<SpherePoint>> rings = rings(coordinates);
        if (rings.size() != 1) {
            throw invalid("Only one simple loop is allowed in a big polygon", coordinates);
        }
        return PolygonRules.wound(rings.get(0), coordinates);
    }

    private boolean isStrictlyWound(Document document) {
        boolean isStrict = ReferenceSystem.isStrictlyWound(document);
        if (isStrict && !allowsWinding) {
            throw invalid("can't index geometry with strict winding order", document);
        }
        return isStrict;
    }

    private static void requirePlainReference(Document document) {
        if (ReferenceSystem.isStrictlyWound(document)) {
            throw invalid("Strict winding order CRS is only supported by polygon", document);
        }
    }

    private static SphereGeometry lines(Value coordinates) {
        List<SphereLine> lines = new ArrayList<>();
        for (Value line : array(coordinates, "MultiLineString coordinates must be an array")) {
            lines.add(LineRules.line(positions(line)));
        }
        return new SphereGeometry(List.of(), some(lines, "MultiLineString"), List.of());
    }

    private static SphereGeometry polygons(Value coordinates) {
        List<SpherePolygon> polygons = new ArrayList<>();
        for (Value polygon : array(coordinates, "MultiPolygon coordinates must be an array")) {
            polygons.add(PolygonRules.polygon(rings(polygon), polygon));
        }
        return new SphereGeometry(List.of(), List.of(), some(polygons, "MultiPolygon"));
    }

    private SphereGeometry collection(Document document) {
        List<SphereGeometry> parts = new ArrayList<>();
        for (Value part :
                array(document.get(GEOMETRIES), "GeometryCollection geometries must be an array")) {
            if (!(part instanceof Document inner)) {
                throw invalid("Element of \"geometries\" must be an object", part);
            }
            String type = typeOf(inner);
            if (type.equals(COLLECTION)) {
                throw invalid("GeometryCollections cannot be nested", part);
            }
            parts.add(simple(type, inner));
        }
        if (parts.isEmpty()) {
            throw invalid("GeometryCollection geometries must have at least 1 element", document);
        }
        return SphereGeometry.union(parts);
    }

    private static <T> List<T> some(List<T> parts, String type) {
        if (parts.isEmpty()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "Coordinates of a geometry must have at least 1 element",
                    Map.of(TYPE, type));
        }
        return parts;
    }

    private static List<List<SpherePoint>> rings(Value coordinates) {
        List<List<SpherePoint>> rings = new ArrayList<>();
        for (Value ring : array(coordinates, "Polygon coordinates must be an array")) {
            rings.add(positions(ring));
        }
        return rings;
    }

    private static List<SpherePoint> positions(Value coordinates) {
        List<SpherePoint> positions = new ArrayList<>();
        for (Value position :
                array(coordinates, "GeoJSON coordinates must be an array of coordinates")) {
            array(position, "GeoJSON coordinates must be an array");
            PlanePoint point = coordinates(position);
            requireInBounds(point);
            positions.add(point.onSphere());
        }
        GeometryWork.take(positions.size());
        return positions;
    }

    private static ArrayValue array(Value value, String otherwise) {
        if (value instanceof ArrayValue array) {
            return array;
        }
        throw invalid(otherwise, value);
    }

    /** Throws an error on if it says anything else than that a geometry is not valid. */
    static void requireInvalid(SmilodonException error) {
        if (!error.code().equals(ErrorCode.BAD_VALUE)) {
            throw error;
        }
    }

    static SmilodonException invalid(String template, Value found) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE, template, Map.of("found", found, TYPE, found.type().alias()));
    }
}
