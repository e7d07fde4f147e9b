package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Documents found by the whole key of a unique index; which plans that are tells unique.txt. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UniqueLookupTest {

    private static final String LOOKUP = "EXPRESS_IXSCAN email_1";

    private Smilodon smilodon;
    private DocumentCollection people;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        people = smilodon.database("town").collection("people");
        people.createIndex(doc("{'key': {'email': 1}, 'unique': true}"));
        people.insertMany(
                docs(
                        "{'_id': 1, 'email': 'a@b', 'age': 30}",
                        "{'_id': 'x', 'email': 'c@d', 'age': 40}",
                        "{'_id': 3, 'email': 7}"),
                true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    /** The plan, and what it finds. */
    private String found(FindRequest request) {
        try (DocumentCursor cursor = people.find(request)) {
            return cursor.planSummary() + " " + text(cursor);
        }
    }

    private String found(String filter) {
        return found(FindRequest.of(doc(filter)));
    }

    @Test
    void it_finds_what_is_there_of_any_type() {
        assertEquals(LOOKUP + " {'_id':'x','email':'c@d','age':40}", found("{'email': 'c@d'}"));
        assertEquals(LOOKUP + " {'_id':3,'email':7}", found("{'email': 7.0}"));
        assertEquals(LOOKUP + " ", found("{'email': 'c@e'}"));
        assertEquals(LOOKUP + " ", found("{'email': 'c@d', 'age': 41}"));
        assertEquals(LOOKUP + " ", found("{'email': {'$oid': '000000000000000000000000'}}"));
    }

    @Test
    void what_is_deleted_or_changed_is_not_found_any_more() {
        people.updateOne(doc("{'email': 'a@b'}"), doc("{'$set': {'email': 'z'}}"));
        people.deleteOne(doc("{'email': 'c@d'}"));

        assertEquals(LOOKUP + " ", found("{'email': 'a@b'}"));
        assertEquals(LOOKUP + " ", found("{'email': 'c@d'}"));
        assertEquals(LOOKUP + " {'_id':1,'email':'z','age':30}", found("{'email': 'z'}"));
    }

    @Test
    void a_transaction_sees_its_own_writes_and_others_do_not() {
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            DocumentCollection own = transaction.database("town").collection("people");
            own.insertOne(doc("{'_id': 4, 'email': 'new'}"));

            assertEquals(
                    Optional.of(doc("{'_id': 4, 'email': 'new'}")),
                    own.findOne(doc("{'email': 'new'}")));
            assertEquals(Optional.empty(), people.findOne(doc("{'email': 'new'}")));
        }
    }

    @Test
    void strings_compare_by_the_collation_of_the_index() {
        people.createIndex(
                doc(
                        "{'key': {'name': 1}, 'unique': true, 'sparse': true, 'collation':"
                                + " {'locale': 'en', 'strength': 2}}"));
        people.insertOne(doc("{'_id': 5, 'name': 'Ada'}"));
        FindRequest folded =
                FindRequest.of(doc("{'name': 'ADA'}"))
                        .withCollation(doc("{'locale': 'en', 'strength': 2}"));

        assertEquals("EXPRESS_IXSCAN name_1 {'_id':5,'name':'Ada'}", found(folded));
        assertEquals("COLLSCAN ", found("{'name': 'ADA'}"));
        assertEquals("COLLSCAN {'_id':5,'name':'Ada'}", found("{'name': 'Ada'}"));
    }

    @Test
    void an_index_made_unique_later_has_other_entries_and_is_scanned() {
        people.createIndex(doc("{'key': {'age': 1}}"));
        people.insertOne(doc("{'_id': 6, 'age': 50}"));
        people.deleteOne(doc("{'_id': 3}"));
        for (String option : new String[] {"prepareUnique", "unique"}) {
            String change = "{'index': {'keyPattern': {'age': 1}, '%s': true}}".formatted(option);
            smilodon.database("town").modifyCollection("people", doc(change));
        }

        assertEquals("IXSCAN age_1 {'_id':6,'age':50}", found("{'age': 50}"));
    }

    @Test
    void keys_that_were_cut_are_scanned() {
        String many = "y".repeat(4_000);
        people.insertOne(doc("{'_id': 7, 'email': '%s'}".formatted(many + 1)));
        people.insertOne(doc("{'_id': 8, 'email': '%s'}".formatted(many + 2)));

        Document request = doc("{'email': '%s'}".formatted(many + 2));
        assertEquals(
                Optional.of(Value.of(8)), people.findOne(request).map(found -> found.get("_id")));
        assertEquals("IXSCAN email_1 ", found("{'email': '%s'}".formatted(many)));
    }

    @Test
    void uses_shapes_and_cost_are_counted() {
        for (int time = 0; time < 5; time++) {
            found("{'email': 'a@b'}");
        }
        String stats = "{'$indexStats': {}}";
        try (DocumentCursor cursor =
                people.aggregate(docs(stats, "{'$match': {'name': 'email_1'}}"))) {
            Document uses = (Document) cursor.next().get("accesses");
            assertEquals(Value.of(5L), uses.get("ops"));
        }
        Document run =
                (Document)
                        people.explain(
                                        FindRequest.of(doc("{'email': 'a@b'}")),
                                        Verbosity.EXECUTION_STATS)
                                .get("executionStats");
        assertEquals(
                "1 1 2.5",
                text(run.get("totalKeysExamined"))
                        + " "
                        + text(run.get("totalDocsExamined"))
                        + " "
                        + text(run.get("cost")));
    }
}
