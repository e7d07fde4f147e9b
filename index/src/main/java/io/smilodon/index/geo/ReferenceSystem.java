package io.smilodon.index.geo;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Set;

/** Reads the reference system of a geometry: all mean longitude and latitude in degrees. */
final class ReferenceSystem {

    private static final String FIELD = "crs";
    private static final String NAME = "name";
    private static final Set<String> PLAIN = Set.of("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326");
    private static final String STRICT_WINDING = "urn:x-mongodb:crs:strictwinding:EPSG:4326";

    private ReferenceSystem() {}

    /** Whether the area of a polygon is the one to the left of its way around. */
    static boolean isStrictlyWound(Document geometry) {
        Value system = geometry.get(FIELD);
        if (system == Missing.INSTANCE) {
            return false;
        }
        if (!(system instanceof Document document)) {
            throw GeoJson.invalid("GeoJSON CRS must be an object", system);
        }
        if (!document.get(GeoJson.TYPE).equals(new StringValue(NAME))) {
            throw GeoJson.invalid("GeoJSON CRS must have field \"type\": \"name\"", system);
        }
        if (!(document.get("properties") instanceof Document properties)) {
            throw GeoJson.invalid("CRS must have field \"properties\" which is an object", system);
        }
        if (!(properties.get(NAME) instanceof StringValue name)) {
            throw GeoJson.invalid("In CRS, \"properties.name\" must be a string", system);
        }
        if (!PLAIN.contains(name.value()) && !name.value().equals(STRICT_WINDING)) {
            throw GeoJson.invalid("Unknown CRS name", name);
        }
        return name.value().equals(STRICT_WINDING);
    }
}
