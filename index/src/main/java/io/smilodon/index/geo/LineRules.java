package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which points make a line. */
final class LineRules {

    private LineRules() {}

    static SphereLine line(List<SpherePoint> positions) {
        List<SpherePoint> vertices = withoutRepeats(positions);
        if (vertices.size() < 2) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "GeoJSON LineString must have at least 2 vertices",
                    Map.of("vertices", vertices.size()));
        }
        for (int index = 1; index < vertices.size(); index++) {
            requireOneWay(vertices.get(index - 1), vertices.get(index));
        }
        return new SphereLine(vertices);
    }

    static List<SpherePoint> withoutRepeats(List<SpherePoint> positions) {
        List<SpherePoint> vertices = new ArrayList<>(positions.size());
        for (SpherePoint position : positions) {
            if (vertices.isEmpty() || !isSame(vertices.getLast(), position)) {
                vertices.add(position);
            }
        }
        return vertices;
    }

    static boolean isSame(SpherePoint one, SpherePoint other) {
        return one.distance(other) < 1e-14;
    }

    /** Between opposite points there is no shortest way. */
    static void requireOneWay(SpherePoint from, SpherePoint to) {
        if (isSame(from, to.antipode())) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "GeoJSON LineString is not valid: adjacent vertices are antipodal",
                    Map.of("lng", from.longitude(), "lat", from.latitude()));
        }
    }
}
