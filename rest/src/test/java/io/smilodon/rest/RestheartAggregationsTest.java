package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Aggregations of RESTHeart's clients, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartAggregationsTest {

    private static final String MOVIES = "/restheart/cinema/movies";

    private static final String DEFINITIONS =
            """
            {'aggrs': [
              {'uri': 'years', 'stages': [
                {'$match': {'year': {'$gte': {'$var': 'from'}, '$lt': {'$var': ['to', 9999]}}}},
                {'$ifvar': ['by.field', {'$sort': {'title': -1}}, {'$sort': {'_id': 1}}]},
                {'$ifvar': [['from', 'to'], {'$set': {'both': true}}]},
                {'$project': {'_id': 1, 'both': 1}}]},
              {'uri': 'pages', 'type': 'pipeline', 'stages': [
                {'$sort': {'_id': 1}}, {'$skip': {'$var': '@skip'}},
                {'$limit': {'$var': '@limit'}},
                {'$project': {'page': {'$literal': {'$var': '@page'}},
                              'size': {'$literal': {'$var': '@pagesize'}},
                              'user': {'$literal': {'$var': '@user'}}}}]},
              {'uri': 'equal', 'stages': [
                {'$match': {'title': {'$var': 'title'}}}, {'$project': {'_id': 1}}]},
              {'uri': 'copy', 'stages': [{'$match': {'_id': 1}}, {'$out': 'copied'}]},
              {'uri': 'large', 'stages': [
                {'$set': {'text': {'$range': [0, 500000]}}}]},
              {'uri': 'whole', 'stages': [{'$var': 'stage'}]},
              {'uri': 'wrong', 'stages': [{'$nothing': 1}]}]}
            """
                    .replace('\'', '"');

    private final TestServer server = new TestServer();

    @BeforeEach
    void define() {
        server.insertMovies(10);
        Http.Answer answer =
                server.http()
                        .send("PATCH", MOVIES, DEFINITIONS, "Content-Type", "application/json");
        assertEquals(200, answer.status(), answer.text());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Http.Answer run(String uri, String variables, String... more) {
        return server.http()
                .get(
                        MOVIES
                                + "/_aggrs/"
                                + uri
                                + "?avars="
                                + Http.encoded(variables)
                                + String.join("", more));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from': 1908} | [{'_id':8},{'_id':9}]",
                "{'from': 1908, 'by': {'field': 1}} | [{'_id':9},{'_id':8}]",
                "{'from': 1908, 'by.field': 1} | [{'_id':9},{'_id':8}]",
                "{'from': 1908, 'by': 1} | [{'_id':8},{'_id':9}]",
                "{'from': 1908, 'to': 1909} | [{'_id':8,'both':true}]",
                "{'from': {'$date': 1}} | []",
            })
    void variables_stand_for_values(String variables, String results) {
        assertEquals(results.replace('\'', '"'), run("years", variables.replace('\'', '"')).text());
    }

    @Test
    void a_variable_without_a_value_is_named() {
        Http.Answer answer = server.http().get(MOVIES + "/_aggrs/years");
        assertEquals(400, answer.status());
        assertTrue(answer.text().contains("variable from not bound"), answer.text());
        assertTrue(answer.text().contains("/avars/from"), answer.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'title': {'$ne': 1}} | 400",
                "{'title': {'$ne': null}, 'other': 1} | 400",
                "{'title': [{'a': {'$where': 1}}]} | 400",
                "{'title': 1, 'unused': {'$gt': 1}} | 400",
                "{'title': | 400",
                "[] | 400",
                "{'title': {'$regularExpression': {'pattern': '.', 'options': ''}}} | 400",
                "{'title': 'm1'} | 200",
                "{'title': {'$oid': '65f000000000000000000000'}} | 200",
            })
    void variables_bring_values_and_no_operators(String variables, int status) {
        Http.Answer answer = run("equal", variables.replace('\'', '"'));
        assertEquals(status, answer.status(), answer.text());
    }

    @Test
    void a_variable_in_place_of_a_stage_is_no_other_value() {
        assertEquals(400, run("whole", "{stage: 1}").status());
        assertEquals(400, run("whole", "{}").status());
    }

    @Test
    void pages_are_variables_that_nobody_sets_otherwise() {
        assertEquals(
                "[{\"_id\":3,\"page\":2,\"size\":3,\"user\":null},"
                        + "{\"_id\":4,\"page\":2,\"size\":3,\"user\":null},"
                        + "{\"_id\":5,\"page\":2,\"size\":3,\"user\":null}]",
                run("pages", "{\"@skip\": 0, \"@user\": \"root\"}", "&page=2&pagesize=3").text());
    }

    @Test
    void results_have_the_representation_that_is_asked_for() {
        assertEquals(
                "{\"_size\":1,\"_total_pages\":1,\"_returned\":1,"
                        + "\"_embedded\":{\"rh:result\":[{\"_id\":1}]}}",
                run("equal", "{title: 'm1'}", "&rep=hal").text());
    }

    @Test
    void results_can_be_written() {
        assertEquals("[]", run("copy", "{}").text());
        assertEquals("{\"_size\":1}", server.http().get("/restheart/cinema/copied/_size").text());
    }

    @ParameterizedTest
    @CsvSource({
        "none, 404",
        "wrong, 400",
        "large, 413",
    })
    void what_cannot_be_run_is_told(String uri, int status) {
        assertEquals(status, run(uri, "{}").status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'aggrs': 1}",
                "{'aggrs': [1]}",
                "{'aggrs': [{'stages': []}]}",
                "{'aggrs': [{'uri': '', 'stages': []}]}",
                "{'aggrs': [{'uri': 'a'}]}",
                "{'aggrs': [{'uri': 'a', 'stages': [1]}]}",
                "{'aggrs': [{'uri': 'a', 'stages': [{'$ifvar': 'a'}]}]}",
                "{'aggrs': [{'uri': 'a', 'stages': [{'$ifvar': ['a']}]}]}",
                "{'aggrs': [{'uri': 'a', 'stages': [{'$ifvar': [1, {}]}]}]}",
                "{'aggrs': [{'uri': 'a', 'type': 'mapReduce', 'map': 'f', 'reduce': 'g'}]}",
                "{'streams': [{'uri': 'a'}]}",
            })
    void wrong_definitions_are_refused_when_they_are_written(String properties) {
        for (String method : new String[] {"PATCH", "PUT"}) {
            Http.Answer answer =
                    server.http()
                            .send(
                                    method,
                                    MOVIES,
                                    properties.replace('\'', '"'),
                                    "Content-Type",
                                    "application/json");
            assertEquals(400, answer.status(), properties);
        }
        assertEquals("[{\"_id\":1}]", run("equal", "{title: 'm1'}").text());
    }

    /** A browser GETs an image for any page. */
    @Test
    void no_page_of_another_origin_has_anything_written() {
        String path = MOVIES + "/_aggrs/";
        for (String site : new String[] {"cross-site", "same-site"}) {
            Http.Answer answer = server.http().get(path + "copy", "Sec-Fetch-Site", site);
            assertEquals(403, answer.status(), answer.text());
        }
        assertEquals(404, server.http().get("/restheart/cinema/copied").status());
        String pages = path + "pages";
        assertEquals(200, server.http().get(pages, "Sec-Fetch-Site", "cross-site").status());
        assertEquals(200, server.http().get(path + "copy", "Sec-Fetch-Site", "none").status());
    }
}
