package io.smilodon.index.text.search;

import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LatLonShape;
import org.apache.lucene.document.ShapeField.QueryRelation;
import org.apache.lucene.geo.LatLonGeometry;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;

/**
 * {@code {geoShape: {path, relation, geometry, score?}}}: shapes that contain a geometry, lie
 * within it, share a place with it, or none.
 */
record GeoShapeOperator(
        List<String> paths, QueryRelation relation, List<LatLonGeometry> shapes, Options written)
        implements SearchOperator {

    private static final String GEOMETRY = "geometry";

    private static final Map<String, QueryRelation> RELATIONS =
            Map.of(
                    "contains", QueryRelation.CONTAINS,
                    "disjoint", QueryRelation.DISJOINT,
                    "intersects", QueryRelation.INTERSECTS,
                    "within", QueryRelation.WITHIN);

    static SearchOperator parse(Options operator) {
        operator.only("path", "relation", GEOMETRY, "score");
        operator.required("relation");
        GeoShapeOperator parsed =
                new GeoShapeOperator(
                        SearchPath.parse(operator).plain(operator.at("path")),
                        RELATIONS.get(operator.word("relation", "", RELATIONS.keySet())),
                        GeoErrors.shapes(operator, GEOMETRY, GeoJsonShapes.INDEXED),
                        operator);
        parsed.query("");
        return parsed;
    }

    @Override
    public Query query(SearchContext context) {
        for (String path : paths) {
            context.require(
                    path,
                    type -> type instanceof GeoType geo && geo.hasShapes(),
                    "geoShape requires path '"
                            + path
                            + "' to be indexed as 'geo' with indexShapes=true");
        }
        return Words.any(paths, List.of(""), path -> text -> query(context.path(path)));
    }

    /** Lucene refuses some relations to points and lines. */
    private Query query(String path) {
        return GeoErrors.checked(
                written.at(GEOMETRY),
                () ->
                        new ConstantScoreQuery(
                                LatLonShape.newGeometryQuery(
                                        FieldNames.shapes(path),
                                        relation,
                                        shapes.toArray(LatLonGeometry[]::new))));
    }
}
