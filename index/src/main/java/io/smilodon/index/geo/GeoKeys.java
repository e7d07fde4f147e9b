package io.smilodon.index.geo;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.ExtractedKeys;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.MultikeyPaths;
import io.smilodon.index.key.PartKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of a geospatial index: for each place its cells, combined with the values of the other
 * fields. Documents without any place have none. Immutable and thread-safe.
 */
public final class GeoKeys implements DocumentKeys {

    private static final ErrorCode NO_KEYS = ErrorCode.location(16755);
    private static final int CELLS_MAX = 20;

    /** The cells of lines and areas are not finer than a metre: that would help no query. */
    static final int LEVEL_MAX = 23;

    private static final Comparator<List<Value>> ORDER = GeoKeys::compare;

    private final KeyPattern pattern;
    private final List<KeyPart> plainParts;
    private final KeyExtractor plainKeys;
    private final PlaneGrid grid;

    /**
     * @param index with a geospatial part
     */
    public GeoKeys(IndexDefinition index) {
        this.pattern = index.pattern();
        this.plainParts =
                pattern.parts().stream().filter(part -> part.kind() == PartKind.ORDERED).toList();
        List<KeyPart> some = plainParts.isEmpty() ? List.of(KeyPart.ascending("_id")) : plainParts;
        this.plainKeys = new KeyExtractor(new KeyPattern(some), false, index.options().collation());
        this.grid = PlaneGrid.of(index.options().ofType());
    }

    /**
     * The keys of the document.
     *
     * @throws SmilodonException 16755 for what is no valid geometry in a 2dsphere index; 13026,
     *     13027, 13068 and 16804 for what is no pair in the bounds of a 2d index; 171 for other
     *     fields in different arrays
     */
    @Override
    public ExtractedKeys keys(Document document) {
        List<Set<Long>> cells = new ArrayList<>();
        List<Set<Integer>> arrays = new ArrayList<>();
        ExtractedKeys plain = plainKeys.keys(document);
        int plainPart = 0;
        boolean hasPlace = false;
        for (KeyPart part : pattern.parts()) {
            if (part.kind() == PartKind.ORDERED) {
                cells.add(Set.of());
                arrays.add(plain.multikeyPaths().prefixLengths().get(plainPart++));
            } else {
                GeoPlaces places = GeoPlaces.in(document, part.path());
                Set<Long> found = cells(places, part);
                Set<Integer> lengths = new TreeSet<>(places.arrays());
                if (found.size() > 1 || part.kind() == PartKind.SPHERE && holdsArea(found)) {
                    // As if each cell were an element of an array; without it all are of points.
                    lengths.add(part.path().length());
                }
                hasPlace |= !found.isEmpty();
                cells.add(found);
                arrays.add(lengths);
            }
        }
        return new ExtractedKeys(
                hasPlace ? combined(plain.keys(), cells) : List.of(), new MultikeyPaths(arrays));
    }

    @Override
    public boolean mayChangeAt(FieldPath path) {
        return pattern.mayChangeAt(path);
    }

    private static boolean holdsArea(Set<Long> cells) {
        for (long cell : cells) {
            if (!new SphereCell(cell).isLeaf()) {
                return true;
            }
        }
        return false;
    }

    private List<IndexKey> combined(List<IndexKey> plain, List<Set<Long>> cells) {
        if (plain.size() == 1) {
            return keys(combined(plain.getFirst(), cells)); // in order: cells are
        }
        NavigableSet<List<Value>> ordered = new TreeSet<>(ORDER);
        for (IndexKey values : plain) {
            ordered.addAll(combined(values, cells));
        }
        return keys(ordered);
    }

    private static List<IndexKey> keys(Collection<List<Value>> combined) {
        List<IndexKey> keys = new ArrayList<>(combined.size());
        for (List<Value> values : combined) {
            keys.add(new IndexKey(values));
        }
        return keys;
    }

    private List<List<Value>> combined(IndexKey values, List<Set<Long>> cells) {
        List<List<Value>> prefixes = List.of(List.of());
        int plainPart = 0;
        for (int part = 0; part < pattern.length(); part++) {
            boolean isPlain = pattern.part(part).kind() == PartKind.ORDERED;
            List<Value> next =
                    isPlain ? List.of(values.value(plainPart++)) : values(cells.get(part));
            prefixes = extended(prefixes, next);
        }
        return prefixes;
    }

    private static List<Value> values(Set<Long> cells) {
        if (cells.isEmpty()) {
            return List.of(NullValue.INSTANCE);
        }
        List<Value> values = new ArrayList<>(cells.size());
        for (long cell : cells) {
            values.add(new Int64Value(cell));
        }
        return values;
    }

    private static List<List<Value>> extended(List<List<Value>> prefixes, List<Value> next) {
        List<List<Value>> longer = new ArrayList<>(prefixes.size() * next.size());
        for (List<Value> prefix : prefixes) {
            for (Value value : next) {
                List<Value> key = new ArrayList<>(prefix);
                key.add(value);
                longer.add(key);
            }
        }
        return longer;
    }

    private Set<Long> cells(GeoPlaces places, KeyPart part) {
        Set<Long> cells = new TreeSet<>();
        for (Value value : places.values()) {
            if (part.kind() == PartKind.PLANE) {
                PlanePlaces.of(value).forEach(point -> cells.add(planeKey(point)));
            } else if (!isAbsent(value)) {
                addCells(geometry(value, part), cells);
            }
            addInside(value, part, cells);
        }
        return cells;
    }

    /** Filters test the elements of an array too, even if the array is a pair of coordinates. */
    private void addInside(Value value, KeyPart part, Set<Long> cells) {
        if (!(value instanceof ArrayValue array) || !StoredGeometry.isPlace(value)) {
            return;
        }
        for (Value element : array) {
            Optional<StoredGeometry> inner = StoredGeometry.find(element);
            if (part.kind() == PartKind.PLANE) {
                inner.flatMap(StoredGeometry::flat).ifPresent(at -> cells.add(planeKey(at)));
            } else {
                inner.flatMap(StoredGeometry::sphere).ifPresent(at -> addCells(at, cells));
            }
        }
    }

    private static boolean isAbsent(Value value) {
        return value == NullValue.INSTANCE
                || value == UndefinedValue.INSTANCE
                || value instanceof ArrayValue array && array.isEmpty();
    }

    private long planeKey(PlanePoint point) {
        if (!grid.contains(point)) {
            throw new SmilodonException(
                    ErrorCode.location(13027),
                    "point not in interval of the 2d index",
                    Map.of("x", point.x(), "y", point.y(), "min", grid.min(), "max", grid.max()));
        }
        return grid.first(grid.cell(point));
    }

    private static void addCells(SphereGeometry geometry, Set<Long> cells) {
        if (geometry.isPoint()) {
            cells.add(SphereCell.of(geometry.points().getFirst()).id());
            return;
        }
        SphereCovering.of(SphereRegion.of(geometry), CELLS_MAX, LEVEL_MAX)
                .forEach(cell -> cells.add(cell.id()));
    }

    private static SphereGeometry geometry(Value value, KeyPart part) {
        try {
            return StoredGeometry.parse(value)
                    .sphere()
                    .orElseThrow(
                            () ->
                                    GeoJson.invalid(
                                            "can't project geometry into spherical CRS", value));
        } catch (SmilodonException invalid) {
            GeoJson.requireInvalid(invalid);
            Map<String, Object> details = new LinkedHashMap<>(invalid.details());
            details.put("path", part.path().dotted());
            throw new SmilodonException(
                    NO_KEYS, "Can't extract geo keys: " + invalid.template(), details);
        }
    }

    private static int compare(List<Value> left, List<Value> right) {
        for (int part = 0; part < left.size(); part++) {
            int order = ValueOrder.ASCENDING.compare(left.get(part), right.get(part));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
