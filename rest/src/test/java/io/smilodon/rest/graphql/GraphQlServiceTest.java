package io.smilodon.rest.graphql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests by a definition ask the collections for, and what they answer. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GraphQlServiceTest {

    private final People people = new People();

    @AfterEach
    void close() {
        people.close();
    }

    private String byOwn() {
        return people.ask(people.database(), Optional.of("own"), "{ a }", true);
    }

    private void assertData(String expected, String query) {
        assertEquals("{'data':" + expected + "}", people.ask(query));
    }

    private void assertData(String expected, Optional<String> app, String query) {
        String answer = people.ask(people.database(), app, query, true);
        assertEquals("{'data':" + expected + "}", answer);
    }

    // ---- What is read

    @Test
    void only_what_is_selected_is_fetched() {
        assertData("{'person':{'id':'1','street':'A'}}", "{ person(id: 1) { id street } }");
        people.assertAsked(
                "people.find {'filter':{'_id':1},'limit':1,"
                        + "'projection':{'_id':1,'address.street':1}}");
        people.asked().clear();
        assertData(
                "{'person':{'n':'Ada'}}",
                "{ person(id: 1) { n: name __typename @skip(if: true) } }");
        people.assertAsked(
                "people.find {'filter':{'_id':1},'limit':1,'projection':{'name':1,'_id':0}}");
    }

    @Test
    void a_level_of_joins_is_one_find() {
        assertData(
                "{'people':[{'name':'Ada','town':{'name':'Ur'}},{'name':'Bob','town':{'name':'X'}},"
                        + "{'name':'Cid','town':{'name':'Ur'}},{'name':'Dan','town':{'name':'Ur'}},"
                        + "{'name':'Eve','town':null}]}",
                "{ people { name town { name } } }");
        people.assertAsked(
                "people.find {'filter':{},'limit':100,'projection':{'name':1,'town':1,'_id':0}}",
                "towns.find {'filter':{'_id':{'$in':[10,20,99]}},'limit':10001,"
                        + "'projection':{'_id':1,'name':1}}");
    }

    @Test
    void joins_below_joins_are_one_find_for_each_level() {
        assertData(
                "{'towns':[{'people':[{'children':[{'id':'4'},{'id':'3'}]},{'children':[]}]},"
                        + "{'people':[{'children':[{'id':'3'},{'id':'5'}]}]}]}",
                "{ towns { people { children { id } } } }");
        assertEquals(3, people.asked().size(), people.asked().toString());
    }

    @Test
    void each_parent_has_its_own_order_skip_and_limit() {
        assertData(
                "{'towns':[{'people':[{'name':'Ada'}]},{'people':[{'name':'Bob'}]}]}",
                "{ towns { people(limit: 1) { name } } }");
        assertData(
                "{'people':[{'friends':[{'id':'3'}]},{'friends':[]}]}",
                "{ people(limit: 2) { friends(skip: 1) { id } } }");
    }

    @Test
    void the_same_field_under_two_names_is_two_joins() {
        assertData(
                "{'towns':[{'one':[{'id':'1'}],'two':[{'id':'1'},{'id':'4'}]},"
                        + "{'one':[{'id':'2'}],'two':[{'id':'2'}]}]}",
                "{ towns { one: people(limit: 1) { id } two: people(limit: 2) { id } } }");
        assertEquals(3, people.asked().size(), people.asked().toString());
    }

    @Test
    void what_cannot_be_joined_at_once_is_found_for_each_parent() {
        assertData(
                "{'people':[{'oldest':{'name':'Dan'}},{'oldest':null}]}",
                "{ people(limit: 2) { oldest { name } } }");
        assertEquals(3, people.asked().size(), people.asked().toString());
    }

    @Test
    void a_parent_without_the_value_has_nothing_and_nobody_asks() {
        assertData("{'person':{'friends':[]}}", "{ person(id: 5) { friends { id } } }");
        assertEquals(1, people.asked().size(), people.asked().toString());
    }

    // ---- Arguments

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "people(from: 36) { id }                    | {'people':[{'id':'1'},{'id':'2'}]}",
                "people(name: \"Bob\") { id }               | {'people':[{'id':'2'}]}",
                "people(name: null) { id }                  | {'people':[]}",
                "people(order: {age: 1}, limit: 1) { name } | {'people':[{'name':'Eve'}]}",
                "byTown(least: 3) { town count }            | {'byTown':[{'town':10,'count':3}]}",
                "byTown(only: \"Eve\") { town count }       | {'byTown':[{'town':99,'count':1}]}",
                "peopleCount                                | {'peopleCount':5}",
                "peopleCount(name: \"Ada\")                 | {'peopleCount':1}",
                "towns { peopleCount }                      | {'towns':[{'peopleCount':3},{'peopleCount':1}]}",
            })
    void conditions_without_their_arguments_fall_away(String query, String expected) {
        assertData(expected, "{ " + query + " }");
    }

    @Test
    void the_projection_of_a_pipeline_stands_behind_it() {
        people.ask("{ byTown { count } }");
        assertTrue(
                people.asked().get(0).endsWith("{'$project':{'n':1,'_id':0}}]}"),
                people.asked().get(0));
    }

    // ---- Definitions

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"$arg\": \"from\"          | \"$arg\": \"form\"   | /mappings/Query/people/find/age/$gte/$arg",
                "\"towns\": {\"collection\"  | \"tows\": {\"collection\"  | /mappings/Query/tows",
                "\"Town\": {                 | \"Twon\": {          | /mappings/Twon",
                "\"find\": {}, \"sort\"      | \"fnid\": {}, \"sort\"  | /mappings/Query/towns/fnid",
                "\"$match\": {\"n\"          | \"$out\": {\"n\"     | /mappings/Query/byTown/stages/2/$out",
                "{\"$arg\": \"id\"}          | {\"$fk\": \"id\"}    | /mappings/Query/person",
                "\"collection\": \"towns\", \"find\": {} | \"find\": {} | /mappings/Query/towns/collection",
            })
    void what_is_wrong_with_mappings_is_told_with_its_place(
            String before, String after, String place) {
        String wrong = People.MAPPINGS.replace(before, after);
        assertTrue(!wrong.equals(People.MAPPINGS));
        Document definition =
                Document.builder()
                        .put("schema", People.SCHEMA)
                        .put("mappings", ExtendedJson.readDocument(wrong))
                        .build();
        SmilodonException failure =
                assertThrows(
                        SmilodonException.class,
                        () -> people.service().definitions().checked("app", definition));
        assertEquals(place, failure.location().orElseThrow().pointer());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type Query { a: Itn }",
                "type Query { a: Int",
                "type Person { a: Int }",
                "type Query { a: Int } type Mutation { b: Int }",
                "type Query { a: Int } interface I { b: Int }",
                "scalar Odd type Query { a: Odd }",
                "type Query { a: Int a: Int }",
                "schema { query: Query mutation: M } type M { b: Int } type Query { a: Int }",
                "type Query { a: Int } extend type P { b: Int }",
                "schema { query: Q } type Q { b: Int } type Query { a: Int }",
                "type Query { a: Int } extend schema { mutation: M } type M { b: Int }",
                "type Query { a: U } union U = P type P { b: Int }",
                "type Query { a(b: P): Int } type P { b: Int }",
            })
    void what_is_wrong_with_a_schema_is_told(String schema) {
        String mappings = "{\"Query\": {\"a\": {\"collection\": \"c\", \"count\": {}}}}";
        Document definition =
                Document.builder()
                        .put("schema", schema)
                        .put("mappings", ExtendedJson.readDocument(mappings))
                        .build();
        SmilodonException failure =
                assertThrows(
                        SmilodonException.class,
                        () -> people.service().definitions().checked("app", definition));
        assertEquals("/schema", failure.location().orElseThrow().pointer());
    }

    /** Reading is all that a request by GET may do, and all that definitions are for. */
    @Test
    void stages_that_a_request_brings_along_do_not_write() {
        Document definition =
                ExtendedJson.readDocument(
                        "{\"schema\": \"type Query { a(s: JSONObject, w: Int): [P] } type P { p:"
                                + " JSON }\", \"mappings\": {\"Query\": {\"a\": {\"collection\":"
                                + " \"people\", \"stages\": [{\"$arg\": \"s\"}, {\"$ifarg\":"
                                + " [\"w\", {\"$out\": \"taken\"}]}]}}, \"P\": {\"p\":"
                                + " \"$$ROOT\"}}}");
        people.database()
                .collection(StoredDefinitions.COLLECTION)
                .insertOne(people.service().definitions().checked("own", definition));
        for (String query :
                List.of(
                        "{ a(s: \"{\\\"$out\\\": \\\"taken\\\"}\") { p } }",
                        "{ a(s: \"{\\\"$merge\\\": \\\"taken\\\"}\") { p } }",
                        "{ a(w: 1) { p } }")) {
            String answer = people.ask(people.database(), Optional.of("own"), query, false);
            assertTrue(answer.contains("A query does not write"), answer);
        }
        assertEquals(0, people.database().collection("taken").count(Document.EMPTY));
    }

    @Test
    void a_schema_may_say_that_its_queries_are_queries() {
        Document definition =
                ExtendedJson.readDocument(
                        "{\"schema\": \"schema { query: Query } type Query { a: Int }\","
                                + " \"mappings\": {\"Query\": {\"a\": {\"collection\": \"people\","
                                + " \"count\": {}}}}}");
        people.service().definitions().checked("own", definition);
    }

    @Test
    void an_argument_that_is_null_is_as_one_that_is_not_given() {
        assertData("{'people_count':5}", Optional.empty(), "{ people_count(filter: null) }");
        assertData(
                "{'people':[{'_id':1}]}",
                Optional.empty(),
                "{ people(filter: null, sort: null, skip: null, limit: 1) { _id } }");
        assertData(
                "{'people':[{'id':'1'}]}",
                Optional.of("app"),
                "{ people(order: null, limit: 1) { id } }");
    }

    @Test
    void a_definition_that_came_another_way_is_checked_when_it_is_used_and_when_it_changes() {
        DocumentCollection stored = people.database().collection(StoredDefinitions.COLLECTION);
        Document byUri =
                ExtendedJson.readDocument(
                        "{\"descriptor\": {\"name\": \"x\", \"uri\": \"own\"}, \"schema\":"
                                + " \"type Query { a: Int }\", \"mappings\": {\"Query\": {\"a\":"
                                + " {\"collection\": \"people\", \"count\": {}}}}}");
        stored.insertOne(byUri);
        assertEquals("{'data':{'a':5}}", byOwn());
        Document filter = Document.of("descriptor.uri", Value.of("own"));
        stored.updateOne(filter, ExtendedJson.readDocument("{\"$set\": {\"mappings.Query\": {}}}"));
        SmilodonException wrong = assertThrows(SmilodonException.class, () -> byOwn());
        assertEquals("/mappings/Query/a", wrong.location().orElseThrow().pointer());
        stored.updateOne(
                filter, ExtendedJson.readDocument("{\"$set\": {\"descriptor.enabled\": false}}"));
        SmilodonException disabled = assertThrows(SmilodonException.class, () -> byOwn());
        assertEquals(4, disabled.code().number());
    }
}
