package io.smilodon.query.expression.place;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.geo.GeoGrid;
import io.smilodon.index.geo.GeoJsonWriter;
import io.smilodon.index.geo.SphereBuffer;
import io.smilodon.index.geo.SphereCentroid;
import io.smilodon.index.geo.SphereGeometry;
import io.smilodon.index.geo.SphereOverlay;
import io.smilodon.index.geo.SphereSimplifier;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.OperatorFamily;
import io.smilodon.query.expression.place.Places.Fineness;
import java.util.Optional;

/**
 * Places on the earth, a sphere with MongoDB's radius: pairs of degrees and GeoJSON geometries. Not
 * in MongoDB.
 */
public final class PlaceOperators {

    private static final Fineness HASH = new Fineness("$geoHash", 1, GeoGrid.GEOHASH_LENGTH_MAX);
    private static final Fineness TILE = new Fineness("$geoTile", 0, GeoGrid.ZOOM_MAX);
    private static final Fineness CELL = new Fineness("$geoCell", 0, GeoGrid.LEVEL_MAX);

    public static final OperatorFamily FAMILY = new OperatorFamily("Places", table());

    private PlaceOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        OperatorTable.Builder<ExpressionOperator> rows = OperatorTable.builder();
        addMeasures(rows);
        addGeometries(rows);
        addGrids(rows);
        return rows.build();
    }

    private static void addMeasures(OperatorTable.Builder<ExpressionOperator> rows) {
        rows.add(
                        "$geoArea",
                        of(
                                "The square metres of a place's areas.",
                                PlaceFunction.factory(place -> Places.squareMetres(place.area()))))
                .add(
                        "$geoDistance",
                        of(
                                "The metres between the nearest points of two places.",
                                Operands.two(Distance::new)))
                .add(
                        "$geoLength",
                        of(
                                "The metres of a place's lines, and of those around its areas.",
                                PlaceFunction.factory(place -> Places.metres(place.length()))))
                .add(
                        "$geoRelate",
                        of(
                                "How the first lies to the second as a DE-9IM, or whether that"
                                        + " matches.",
                                Operands.range(2, 3, Relate::new)));
    }

    private static void addGeometries(OperatorTable.Builder<ExpressionOperator> rows) {
        rows.add(
                        "$geoBuffer",
                        of(
                                "What lies within so many metres, or with less than 0 deeper"
                                        + " inside.",
                                Reshaped.factory("$geoBuffer", SphereBuffer::of)))
                .add(
                        "$geoCentroid",
                        of(
                                "The middle of a place's areas, else of its lines or points.",
                                PlaceFunction.factory(PlaceOperators::centroid)))
                .add(
                        "$geoIntersection",
                        of(
                                "What all places have in common, null for nothing.",
                                Combined.factory(
                                        all -> SphereOverlay.intersection(all, Steps::take))))
                .add(
                        "$geoSimplify",
                        of(
                                "Fewer vertices, so that none left out is farther away in metres.",
                                Reshaped.factory("$geoSimplify", PlaceOperators::simplified)))
                .add(
                        "$geoUnion",
                        of(
                                "What the places cover together.",
                                Combined.factory(all -> SphereOverlay.union(all, Steps::take))));
    }

    private static void addGrids(OperatorTable.Builder<ExpressionOperator> rows) {
        rows.add(
                        "$geoBounds",
                        of(
                                "The degrees around a place, a geohash, a tile or a cell.",
                                Operands.one(Bounds::new)))
                .add(
                        "$geoCell",
                        of(
                                "The number of a 2dsphere cell, of about one size per level"
                                        + " anywhere.",
                                GridCell.factory(
                                        CELL,
                                        (point, level) -> Value.of(GeoGrid.cell(point, level)))))
                .add(
                        "$geoHash",
                        of(
                                "The geohash of a place's middle.",
                                GridCell.factory(
                                        HASH,
                                        (point, length) ->
                                                Value.of(GeoGrid.geohash(point, length)))))
                .add(
                        "$geoTile",
                        of(
                                "The tile of a web map with a place's middle, as zoom/x/y.",
                                GridCell.factory(
                                        TILE,
                                        (point, zoom) -> Value.of(GeoGrid.tile(point, zoom)))));
    }

    private static Value centroid(SphereGeometry place) {
        return SphereCentroid.of(place).<Value>map(GeoJsonWriter::write).orElse(NullValue.INSTANCE);
    }

    private static Optional<SphereGeometry> simplified(SphereGeometry place, double radians) {
        if (radians < 0) {
            throw Places.error(
                    "A distance in metres must not be negative",
                    "$geoSimplify",
                    Places.metres(radians));
        }
        return Optional.of(new SphereSimplifier(Steps::take).simplified(place, radians));
    }
}
