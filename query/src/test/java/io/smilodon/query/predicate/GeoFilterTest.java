package io.smilodon.query.predicate;

import static io.smilodon.query.predicate.Matching.assertMatches;
import static io.smilodon.query.predicate.Matching.assertMatchesNone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeoFilterTest {

    private static final String SQUARE = "[[[0,0],[10,0],[10,10],[0,10],[0,0]]]";
    private static final String HOLE =
            "[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]";

    private static String json(String relaxed) {
        return relaxed.replace('\'', '"');
    }

    private static String geometry(String operator, String type, String coordinates) {
        return json(
                "{'a':{'"
                        + operator
                        + "':{'$geometry':{'type':'"
                        + type
                        + "','coordinates':"
                        + coordinates
                        + "}}}}");
    }

    private static String place(String type, String coordinates) {
        return json("{'a':{'type':'" + type + "','coordinates':" + coordinates + "}}");
    }

    @Test
    void places_of_every_type_lie_in_a_polygon_or_not() {
        String square = geometry("$geoWithin", "Polygon", SQUARE);
        assertMatches(
                square,
                place("Point", "[5,5]"),
                json("{'a':[5,5]}"),
                json("{'a':{'lng':5,'lat':5}}"),
                json("{'a':[[50,50],[5,5]]}"),
                place("LineString", "[[1,1],[9,9]]"),
                place("Polygon", SQUARE),
                place("MultiPoint", "[[1,1],[9,9]]"),
                place("MultiLineString", "[[[1,1],[9,9]],[[2,3],[3,2]]]"),
                place("MultiPolygon", "[[[[1,1],[2,1],[2,2],[1,1]]]]"),
                json(
                        "{'a':{'type':'GeometryCollection','geometries':["
                                + "{'type':'Point','coordinates':[1,1]},"
                                + "{'type':'LineString','coordinates':[[1,1],[2,2]]}]}}"));
        assertMatchesNone(
                square,
                place("Point", "[15,5]"),
                place("LineString", "[[1,1],[19,9]]"),
                place("MultiPoint", "[[1,1],[19,9]]"),
                place("Polygon", "[[[5,5],[20,5],[20,20],[5,5]]]"),
                json("{'a':'x'}"),
                json("{'a':{'type':'Circle','coordinates':[5,5]}}"),
                json("{'a':[5]}"),
                json("{'a':null}"),
                "{}");
    }

    @Test
    void holes_are_left_out_but_their_edges_are_not() {
        String ring = geometry("$geoWithin", "Polygon", HOLE);
        assertMatches(ring, place("Point", "[3,5]"), place("Point", "[4,5]"));
        assertMatchesNone(
                ring,
                place("Point", "[5,5]"),
                place("LineString", "[[2,5],[8,5]]"),
                place("Polygon", "[[[3,3],[7,3],[7,7],[3,7],[3,3]]]"));
    }

    @Test
    void shapes_of_any_types_intersect() {
        String line = geometry("$geoIntersects", "LineString", "[[0,0],[10,0]]");
        assertMatches(
                line,
                place("Point", "[5,0]"),
                place("LineString", "[[5,-1],[5,1]]"),
                place("Polygon", "[[[-1,-1],[1,-1],[1,1],[-1,1],[-1,-1]]]"));
        assertMatchesNone(line, place("Point", "[5,1]"), place("LineString", "[[5,1],[5,2]]"));
        assertMatches(geometry("$geoIntersects", "Point", "[5,5]"), place("Polygon", SQUARE));
        assertMatchesNone(geometry("$geoIntersects", "Point", "[5,5]"), place("Polygon", HOLE));
        assertMatches(
                geometry("$geoIntersects", "Polygon", "[[[3,3],[7,3],[7,7],[3,7],[3,3]]]"),
                place("Polygon", SQUARE));
    }

    @Test
    void planes_have_no_great_circles_and_only_points() {
        String box = json("{'a':{'$geoWithin':{'$box':[[0,0],[10,10]]}}}");
        assertMatches(box, json("{'a':[10,10]}"), place("Point", "[5,10]"));
        assertMatchesNone(box, json("{'a':[10.1,10]}"), place("LineString", "[[1,1],[2,2]]"));
        String circle = json("{'a':{'$geoWithin':{'$center':[[200,0],5]}}}");
        assertMatches(circle, json("{'a':[203,4]}"));
        assertMatchesNone(circle, json("{'a':[203.1,4]}"));
        String triangle = json("{'a':{'$geoWithin':{'$polygon':[[0,0],[10,0],[10,10]]}}}");
        assertMatches(triangle, json("{'a':[5,5]}"), json("{'a':{'x':9,'y':1}}"));
        assertMatchesNone(triangle, json("{'a':[1,5]}"));
    }

    @Test
    void circles_of_the_sphere_go_across_the_antimeridian_and_the_pole() {
        String date = json("{'a':{'$geoWithin':{'$centerSphere':[[179,0],0.1]}}}");
        assertMatches(date, json("{'a':[-179,0]}"));
        assertMatchesNone(date, json("{'a':[170,0]}"), json("{'a':[1000,0]}"));
        String pole = json("{'a':{'$geoWithin':{'$centerSphere':[[0,89],0.05]}}}");
        assertMatches(pole, json("{'a':[180,89]}"), place("LineString", "[[90,89],[-90,89]]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'$box':[[0,0],[1,1]],'$uniqueDocs':true",
                "'$uniqueDocs':false,'$box':[[0,0],[1,1]]"
            })
    void whether_documents_are_unique_is_not_a_shape(String shape) {
        assertMatches(json("{'a':{'$geoWithin':{" + shape + "}}}"), json("{'a':[1,0]}"));
    }

    /** The right code for a shape that a filter cannot have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1]]]}}"
                        + "|Loop is not closed, first vertex does not equal last vertex",
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[1,0],[0,0]]]}}"
                        + "|Loop must have at least 3 different vertices",
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}}"
                        + "|Loop is not valid: Edges cross. Edge locations in degrees",
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[2,0],[0,0],[0,2],[0,0]]]}}"
                        + "|Loop is not valid: Duplicate vertices",
                "{'$geometry':{'type':'Polygon','coordinates':[]}}|Polygon has no loops.",
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,0]],"
                        + "[[5,5],[6,5],[6,6],[5,5]]]}}|Secondary loops not contained by first"
                        + " exterior loop - secondary loops must be holes",
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[200,0],[1,1],[0,0]]]}}"
                        + "|Longitude/latitude is out of bounds",
                "{'$geometry':{'type':'Polygon','coordinates':5}}"
                        + "|Polygon coordinates must be an array",
                "{'$geometry':{'type':'Ball','coordinates':[0,0]}}|unknown GeoJSON type",
                "{'$geometry':{'type':'Point','coordinates':[0,0]}}"
                        + "|$geoWithin not supported with provided geometry",
                "{'$geometry':{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,0]]],"
                        + "'crs':{'type':'name','properties':{'name':'x'}}}}|Unknown CRS name",
                "{'$center':[[0,0],-1]}|Radius must be a non-negative number",
                "{'$center':[[0,0],1,2]}|Only 2 fields allowed for circular region, but more were"
                        + " provided",
                "{'$centerSphere':[[0,100],1]}|Longitude/latitude is out of bounds",
                "{'$box':[[0,0]]}|Point must be an array or object",
                "{'$box':[[0,0],['a',1]]}|Point must only contain numeric elements",
                "{'$polygon':[[0,0],[1,1]]}|Polygon must have at least 3 points",
                "{'$circle':[[0,0],1]}|unknown geo specifier",
                "{}|geo query doesn't have any geometry",
                "{'$box':[[0,0],[1,1]],'$center':[[0,0],1]}|$geoWithin doesn't accept multiple"
                        + " shapes",
                "5|geometry must be an object"
            })
    void shapes_that_are_none_are_refused(String shape, String template) {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> Matching.parse(json("{\"a\":{\"$geoWithin\":" + shape + "}}")));
        assertEquals(2, error.code().number());
        assertEquals(template, error.template());
        assertTrue(error.location().orElseThrow().pointer().startsWith("/a/$geoWithin"));
    }

    @Test
    void planes_have_no_intersections() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                Matching.parse(
                                        json("{'a':{'$geoIntersects':{'$box':[[0,0],[1,1]]}}}")));
        assertEquals(2, error.code().number());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'$near':[0,0],'$maxDistance':-1}|16896",
                "{'$near':[0,0],'$maxDistance':'x'}|16895",
                "{'$near':[0,0],'$minDistance':-1}|16894",
                "{'$near':[0,0],'$minDistance':'x'}|16893",
                "{'$near':[0,0],'$eq':1}|34413",
                "{'$near':[0,0,-1]}|18522",
                "{'$near':5}|2",
                "{'$near':{'$geometry':{'type':'Point','coordinates':[0,0]},'$maxDistance':-1}}|2",
                "{'$near':{'$geometry':{'type':'Point','coordinates':[0,0]},'x':1}}|2",
                "{'$near':{'$geometry':[0,0]}}|2",
                "{'$near':{'$geometry':{'type':'Point','coordinates':[0,0]}},'$maxDistance':1}|2",
                "{'$nearSphere':[0,100]}|2",
                "{'$maxDistance':1}|2"
            })
    void what_near_cannot_read_is_refused(String near, int code) {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                PredicateParser.parseQuery(
                                        Matching.read(json("{'a':" + near + "}")),
                                        Location.ROOT,
                                        Set.of()));
        assertEquals(code, error.code().number());
    }

    @Test
    void polygons_larger_than_half_the_earth_are_wound() {
        String south =
                json(
                        "{'a':{'$geoWithin':{'$geometry':{'type':'Polygon','coordinates':"
                                + "[[[0,60],[-90,60],[180,60],[90,60],[0,60]]],'crs':{'type':"
                                + "'name','properties':{'name':"
                                + "'urn:x-mongodb:crs:strictwinding:EPSG:4326'}}}}}}");
        assertMatches(south, place("Point", "[0,0]"), place("Point", "[0,-90]"));
        assertMatchesNone(south, place("Point", "[0,90]"));
        String north =
                geometry("$geoWithin", "Polygon", "[[[0,60],[-90,60],[180,60],[90,60],[0,60]]]");
        assertMatches(north, place("Point", "[0,90]"));
        assertMatchesNone(north, place("Point", "[0,0]"));
    }
}
