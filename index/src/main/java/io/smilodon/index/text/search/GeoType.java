package io.smilodon.index.text.search;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.LatLonShape;
import org.apache.lucene.geo.LatLonGeometry;
import org.apache.lucene.geo.Line;
import org.apache.lucene.geo.Point;
import org.apache.lucene.geo.Polygon;
import org.apache.lucene.index.IndexableField;

/**
 * GeoJSON: points and, if that is asked for, all shapes. What is no valid GeoJSON is left out.
 *
 * @param hasShapes whether shapes are indexed too
 */
record GeoType(boolean hasShapes) implements FieldType {

    /** Lucene cuts polygons into triangles, and cannot be stopped meanwhile. */
    static final int POSITIONS_MAX = 10_000;

    static GeoType parse(Options written) {
        written.only("type", "indexShapes");
        return new GeoType(written.flag("indexShapes", false));
    }

    @Override
    public boolean takesDocuments() {
        return true;
    }

    @Override
    public void index(String path, Value value, Consumer<IndexableField> fields) {
        if (value instanceof Document document) {
            try {
                List<LatLonGeometry> shapes = GeoJsonShapes.INDEXED.of(document);
                points(FieldNames.points(path), shapes, fields);
                if (hasShapes) {
                    shapes(FieldNames.shapes(path), shapes, fields);
                }
            } catch (IllegalArgumentException invalid) {
                return; // no geometry, or none that Lucene takes
            }
        }
    }

    private static void points(
            String name, List<LatLonGeometry> shapes, Consumer<IndexableField> fields) {
        for (LatLonGeometry shape : shapes) {
            if (shape instanceof Point point) {
                fields.accept(new LatLonPoint(name, point.getLat(), point.getLon()));
                fields.accept(new LatLonDocValuesField(name, point.getLat(), point.getLon()));
            }
        }
    }

    private static void shapes(
            String name, List<LatLonGeometry> shapes, Consumer<IndexableField> fields) {
        if (shapes.stream().mapToInt(GeoJsonShapes::positions).sum() > POSITIONS_MAX) {
            return;
        }
        for (LatLonGeometry shape : shapes) {
            for (Field field : triangles(name, shape)) {
                fields.accept(field);
            }
        }
    }

    private static Field[] triangles(String name, LatLonGeometry shape) {
        return switch (shape) {
            case Point point ->
                    LatLonShape.createIndexableFields(name, point.getLat(), point.getLon());
            case Line line -> LatLonShape.createIndexableFields(name, line);
            case Polygon polygon -> LatLonShape.createIndexableFields(name, polygon, true);
            default -> throw new AssertionError("GeoJSON has no other shapes");
        };
    }
}
