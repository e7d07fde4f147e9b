package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.geo.LatLonGeometry;

/** What Lucene says of geometries, as errors of a search. */
final class GeoErrors {

    private GeoErrors() {}

    /** The geometries of a GeoJSON object in a request, of which there is at least one. */
    static List<LatLonGeometry> shapes(Options options, String name, GeoJsonShapes reader) {
        Options geometry = options.object(name);
        List<LatLonGeometry> shapes =
                checked(geometry.location(), () -> reader.of(geometry.fields()));
        int count = shapes.stream().mapToInt(GeoJsonShapes::positions).sum();
        if (count == 0 || count > GeoType.POSITIONS_MAX) {
            throw Options.error(
                    "The number of positions of a geometry is out of its bounds",
                    Map.of("min", 1, "max", GeoType.POSITIONS_MAX, "actual", count),
                    geometry.location());
        }
        return shapes;
    }

    /** What comes of it; the reason if Lucene refuses that. */
    static <T> T checked(Location place, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException invalid) {
            throw Options.error(
                    "The geometry is not valid",
                    Map.of("reason", String.valueOf(invalid.getMessage())),
                    place);
        }
    }
}
