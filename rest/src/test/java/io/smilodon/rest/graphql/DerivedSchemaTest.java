package io.smilodon.rest.graphql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests by a schema that nobody has written; errors and limits of all requests. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DerivedSchemaTest {

    private final People people = new People();

    @AfterEach
    void close() {
        people.close();
    }

    // ---- The derived schema

    private String derived(String query) {
        return people.askDerived(query).replaceAll("'locations':\\[[^]]*],?", "");
    }

    @Test
    void types_are_derived_from_what_documents_hold() {
        people.insert(
                "odd-names",
                "[{'_id': {'$oid': '5f0000000000000000000001'}, 'a b': 1, 'n': 1,"
                        + " 'l': {'$numberLong': '5'}, 'f': 1.5, 'd': {'$numberDecimal': '1.10'},"
                        + " 't': {'$date': '2026-01-01T00:00:00Z'}, 'm': 1,"
                        + " 'o': {'x': [{'y': 'z'}]}, 'e': []},"
                        + "{'_id': {'$oid': '5f0000000000000000000002'}, 'n': {'$numberLong': '7'},"
                        + " 'm': 'x'}]");
        String schema = people.service().schema(people.database(), Optional.empty());
        for (String line :
                List.of(
                        "_id: ObjectId",
                        "a_b: Int",
                        "n: Long",
                        "l: Long",
                        "f: Float",
                        "d: Decimal128",
                        "t: DateTime",
                        "m: JSON",
                        "o: Odd_names_o",
                        "x: [Odd_names_o_x]",
                        "y: String",
                        "e: [JSON]",
                        "odd_names_byId(_id: ObjectId!): Odd_names",
                        "odd_names_count(filter: Filter): Long!")) {
            assertTrue(schema.contains("  " + line + "\n"), line + " in\n" + schema);
        }
        assertEquals(
                "{'data':{'odd_names_byId':{'a_b':1,'l':5,'f':1.5,'d':'1.10',"
                        + "'t':'2026-01-01T00:00:00Z','m':1,'o':{'x':[{'y':'z'}]},'e':[]}}}",
                derived(
                        "{ odd_names_byId(_id: \"5f0000000000000000000001\") { a_b l f d t m o { x"
                                + " { y } } e } }"));
    }

    @Test
    void names_that_mean_several_things_are_told_apart() {
        for (String name :
                List.of(
                        "a", "a_count", "a_byId", "B", "b", "日本", "名", "9", "true", "Query",
                        "ID")) {
            people.insert(name, "[{'_id': 1, 'x-y': 1, 'x_y': 2, '日本': 3, '_doc': 4, '1': 5}]");
        }
        for (String field :
                List.of(
                        "a",
                        "a_count_",
                        "a_byId_",
                        "B",
                        "b_",
                        "unnamed",
                        "unnamed_",
                        "_9",
                        "true")) {
            assertEquals(
                    "{'data':{'%s':[{'x_y_':1,'x_y':2,'unnamed':3,'_doc_':4,'_1':5}]}}"
                            .formatted(field),
                    derived("{ %s { x_y_ x_y unnamed _doc_ _1 } }".formatted(field)));
            assertEquals(
                    "{'data':{'n':1,'d':{'_id':1}}}",
                    derived("{ n: %s_count d: %s_byId(_id: 1) { _id } }".formatted(field, field)));
        }
    }

    @Test
    void a_document_of_operators_alone_is_json() {
        people.insert("stages", "[{'_id': 1, 's': [{'$match': {'a': 1}}], 'o': {'$a': {}}}]");
        assertEquals(
                "{'data':{'stages':[{'s':[{'$match':{'a':1}}],'o':{'$a':{}}}]}}",
                derived("{ stages { s o } }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{age: {_gte: 36}}                         | [{'_id':1},{'_id':2}]",
                "{_or: [{name: \"Eve\"}, {age: 7}]}        | [{'_id':3},{'_id':5}]",
                "{parents: {_elemMatch: {_gt: 1, _lt: 3}}} | [{'_id':3},{'_id':5}]",
                "{_id: {_in: [1, 4]}}                      | [{'_id':1},{'_id':4}]",
                "{address: {street: \"A\", no: 1}}         | [{'_id':1}]",
                "\"{\\\"address.no\\\": 1}\"               | [{'_id':1}]",
            })
    void filters_are_objects_with_underscores_or_json(String filter, String expected) {
        assertEquals(
                "{'data':{'people':" + expected + "}}",
                derived("{ people(filter: " + filter + ") { _id } }"));
    }

    @Test
    void what_is_new_in_a_collection_is_seen() {
        derived("{ people { _id } }");
        people.insert("later", "[{'_id': 1, 'x': 2}]");
        String answer = derived("{ later { x } }");
        while (answer.contains("undefined")) { // at most a second
            answer = derived("{ later { x } }");
        }
        assertEquals("{'data':{'later':[{'x':2}]}}", answer);
    }

    @Test
    void simple_mutations_write_one_document() {
        assertEquals(
                "{'data':{'towns_insertOne':{'acknowledged':true,'insertedId':30}}}",
                derived("mutation { towns_insertOne(document: {_id: 30, name: \"N\", of: [1]}) }"));
        assertTrue(
                derived(
                                "mutation { towns_updateOne(filter: {_id: {_gt: 20}}, update: {_set:"
                                        + " {name: \"M\"}, _push: {of: {_each: [2, 3]}}}) }")
                        .contains("'modifiedCount':1"));
        assertEquals(
                "{'data':{'towns_byId':{'_doc':{'_id':30,'name':'M','of':[1,2,3]}}}}",
                derived("{ towns_byId(_id: 30) { _doc } }"));
        assertTrue(
                derived("mutation { towns_deleteOne(filter: {_id: 30}) }")
                        .contains("'deletedCount':1"));
    }

    @Test
    void a_mutation_that_may_not_come_this_way_writes_nothing() {
        String mutation = "mutation { towns_deleteOne(filter: {}) }";
        String answer = people.ask(people.database(), Optional.empty(), mutation, false);
        assertTrue(answer.contains("'code':20"), answer);
        assertTrue(people.asked().isEmpty());
    }

    @Test
    void an_empty_database_has_a_schema_too() {
        String query = "{ __schema { queryType { name } } }";
        String answer =
                people.ask(people.smilodon().database("empty"), Optional.empty(), query, true);
        assertEquals("{'data':{'__schema':{'queryType':{'name':'Query'}}}}", answer);
    }

    // ---- Errors and limits

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ people(filter: {a: {_gtt: 1}}) { _id } } | 2   | BadValue",
                "{ people(limit: 1001) { _id } }            | 2   | BadValue",
                "{ people(limit: 0) { _id } }               | 2   | BadValue",
                "{ people(skip: -1) { _id } }               | 2   | BadValue",
                "{ people { nothing } }                     | 2   | BadValue",
                "{ people                                   | 9   | FailedToParse",
                "mutation { towns_insertOne(document: {_id: 10}) } | 11000 | DuplicateKey",
            })
    void errors_have_mongodbs_numbers_and_names(String query, int code, String name) {
        String answer = derived(query);
        assertTrue(answer.contains("'code':" + code), answer);
        assertTrue(answer.contains("'codeName':'" + name + "'"), answer);
    }

    @Test
    void a_value_of_another_type_is_an_error_of_its_field_alone() {
        derived("{ people { name } }"); // the schema is that of now
        people.insert("people", "[{'_id': 6, 'name': {'first': 'F'}}]");
        String answer = derived("{ people(filter: {_id: {_gte: 5}}) { _id name } }");
        assertTrue(answer.contains("'code':14"), answer);
        assertTrue(
                answer.endsWith(
                        "'data':{'people':[{'_id':5,'name':'Eve'},{'_id':6,'name':null}]}}"),
                answer);
    }

    @Test
    void depth_and_number_of_fields_are_limited() {
        String deep = "{ towns ";
        for (int i = 0; i < 10; i++) {
            deep += "{ people { town ";
        }
        deep += "{ name }" + " } }".repeat(10) + " }";
        String answer = people.ask(deep);
        assertTrue(answer.contains("maximum query depth exceeded"), answer);
        assertTrue(answer.contains("'code':2,"), answer);
        StringBuilder wide = new StringBuilder("{");
        for (int i = 0; i < Api.FIELDS_MAX + 1; i++) {
            wide.append(" a").append(i).append(": peopleCount");
        }
        assertTrue(people.ask(wide + "}").contains("maximum query complexity exceeded"));
        assertTrue(people.asked().isEmpty(), people.asked().toString());
    }

    @Test
    void fragments_that_multiply_are_refused_before_anything_walks_through_them() {
        StringBuilder query = new StringBuilder("{ ...f0 }");
        for (int i = 0; i < 60; i++) {
            String next = "... on Query { ...f" + (i + 1) + " } ";
            query.append(" fragment f%d on Query { %s%s}".formatted(i, next, next));
        }
        query.append(" fragment f60 on Query { people_count }");
        String answer = derived(query.toString());
        assertTrue(answer.contains("fragments multiply"), answer);
        assertTrue(answer.contains("'code':2,"), answer);
        String cycle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
        assertTrue(derived(cycle).contains("'code':2,"));
    }

    /** Documents that are read once and answered for many parents are a bomb. */
    @Test
    void an_answer_that_repeats_what_was_read_is_limited() {
        people.settle(10, 1_000);
        String bomb =
                "{ people(limit: 1000) { town { people(limit: 1000) { town { people(limit: 1000) {"
                        + " id } } } } } }";
        String answer = people.ask(bomb);
        assertTrue(answer.contains("'code':146"), answer);
        assertTrue(answer.contains("'data':null"), answer);
        assertTrue(answer.length() < 1_000);
    }

    /** Each makes the list of all anew, for the library. */
    @Test
    void a_request_with_too_many_errors_ends() {
        people.settle(10, 1_000);
        Document definition =
                ExtendedJson.readDocument(
                        "{\"schema\": \"type Query { all: [P] } type P { town: Boolean name: String!"
                                + " friend: [P] }\", \"mappings\": {\"Query\": {\"all\":"
                                + " {\"collection\": \"people\", \"find\": {\"_id\": {\"$gte\":"
                                + " 1000}}, \"limit\": 1000}}, \"P\": {\"friend\":"
                                + " {\"collection\": \"people\", \"find\": {\"_id\": {\"$fk\":"
                                + " \"town\"}}}}}}");
        people.database()
                .collection(StoredDefinitions.COLLECTION)
                .insertOne(people.service().definitions().checked("own", definition));
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 19; i++) {
            many.append(" a%d: all { town name friend { town } }".formatted(i));
        }
        String answer = people.ask(people.database(), Optional.of("own"), many + "}", true);
        assertTrue(answer.contains("'code':146"), answer);
        assertTrue(answer.endsWith("'data':null}"), answer);
        assertTrue(answer.length() < 1_000);
    }

    @Test
    void what_a_request_holds_is_taken_from_what_all_may_hold() {
        people.settle(10, 1_000);
        people.ask("{ people(limit: 1000) { id } }");
        assertTrue(people.held() > 100_000, "" + people.held());
        people.leave(50_000);
        String answer = people.ask("{ people(limit: 1000) { id } towns { name } }");
        assertTrue(answer.contains("'code':365"), answer);
        assertTrue(answer.endsWith("'data':null}"), answer);
    }

    @Test
    void a_join_that_finds_too_many_is_refused() {
        people.settle(10, 11_000);
        String answer = people.ask("{ towns { people(limit: 1) { id } } }");
        assertTrue(answer.contains("'code':146"), answer);
    }

    @Test
    void introspection_as_tools_ask_for_it_is_within_the_limits() {
        String ofType = "name kind";
        for (int i = 0; i < 7; i++) {
            ofType = "name kind ofType { " + ofType + " }";
        }
        String answer =
                derived(
                        "{ __schema { types { name fields { name args { name type { %s } } type { %s"
                                        .formatted(ofType, ofType)
                                + " } } } } }");
        assertTrue(answer.startsWith("{'data':{'__schema'"), answer);
    }
}
