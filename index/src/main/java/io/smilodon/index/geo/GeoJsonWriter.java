package io.smilodon.index.geo;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes geometries as RFC 7946 has them: areas to the left of their outer rings. Degrees are
 * rounded to twelve places, a tenth of a micrometre, so that what was written as 13.4 comes back
 * so. Edges stay great circles; nothing is cut at the antimeridian.
 */
public final class GeoJsonWriter {

    private static final double PLACES = 1e12;

    private GeoJsonWriter() {}

    /**
     * The geometry in the simplest type that can hold it.
     *
     * @param geometry not empty
     */
    public static Document write(SphereGeometry geometry) {
        List<Value> parts = new ArrayList<>();
        addPart(parts, "Point", geometry.points(), GeoJsonWriter::position);
        addPart(parts, "LineString", geometry.lines(), line -> positions(line.vertices(), false));
        addPart(parts, "Polygon", geometry.polygons(), GeoJsonWriter::rings);
        return parts.size() == 1
                ? (Document) parts.getFirst()
                : Document.builder()
                        .put(GeoJson.TYPE, Value.of(GeoJson.COLLECTION))
                        .put(GeoJson.GEOMETRIES, ArrayValue.of(parts))
                        .build();
    }

    /** A point. */
    public static Document write(SpherePoint point) {
        return typed("Point", position(point));
    }

    private static <T> void addPart(
            List<Value> parts, String type, List<T> of, Function<T, Value> coordinates) {
        if (of.size() == 1) {
            parts.add(typed(type, coordinates.apply(of.getFirst())));
        } else if (!of.isEmpty()) {
            parts.add(typed("Multi" + type, ArrayValue.of(of.stream().map(coordinates).toList())));
        }
    }

    private static Document typed(String type, Value coordinates) {
        return Document.builder()
                .put(GeoJson.TYPE, Value.of(type))
                .put(GeoJson.COORDINATES, coordinates)
                .build();
    }

    private static Value rings(SpherePolygon area) {
        List<Value> rings = new ArrayList<>();
        for (Loop loop : area.loops()) {
            boolean isForward = loop.isLeft() == (loop == area.shell());
            List<SpherePoint> vertices = loop.vertices();
            rings.add(positions(isForward ? vertices : vertices.reversed(), true));
        }
        return ArrayValue.of(rings);
    }

    private static Value positions(List<SpherePoint> vertices, boolean isClosed) {
        List<Value> positions = new ArrayList<>(vertices.size() + 1);
        vertices.forEach(vertex -> positions.add(position(vertex)));
        if (isClosed) {
            positions.add(positions.getFirst());
        }
        return ArrayValue.of(positions);
    }

    private static Value position(SpherePoint point) {
        return ArrayValue.of(
                Value.of(rounded(point.longitude())), Value.of(rounded(point.latitude())));
    }

    /** Without a negative zero. */
    static double rounded(double degrees) {
        return Math.rint(degrees * PLACES) / PLACES + 0.0;
    }
}
