package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Finds like others that were planned before are answered as if nobody remembered them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownLookupsTest {

    private static final String LOOKUP = "EXPRESS_IXSCAN email_1 ";
    private static final String ANN = "{'_id':1,'email':'a@b'}";

    private Smilodon smilodon;
    private DocumentCollection people;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        people = smilodon.database("town").collection("people");
        people.createIndex(doc("{'key': {'email': 1}, 'unique': true}"));
        people.insertMany(
                docs("{'_id': 1, 'email': 'a@b'}", "{'_id': 2, 'email': 'c@d', 'age': 40}"), true);
        assertEquals(LOOKUP + ANN, found("a@b"));
        assertEquals(LOOKUP + ANN, found("a@b"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static FindRequest request(String email) {
        return FindRequest.of(Document.of("email", Value.of(email)));
    }

    private String found(String email) {
        return found(people, email);
    }

    private static String found(DocumentCollection collection, String email) {
        try (DocumentCursor cursor = collection.find(request(email))) {
            return cursor.planSummary() + " " + text(cursor);
        }
    }

    @Test
    void an_index_that_is_gone_or_hidden_is_looked_at_no_more() {
        String change = "{'index': {'name': 'email_1', 'hidden': %s}}";
        smilodon.database("town").modifyCollection("people", doc(change.formatted(true)));
        assertEquals("COLLSCAN " + ANN, found("a@b"));
        smilodon.database("town").modifyCollection("people", doc(change.formatted(false)));
        assertEquals(LOOKUP + ANN, found("a@b"));
        people.dropIndex(Value.of("email_1"));
        people.insertOne(doc("{'_id': 3, 'email': 'a@b'}"));
        assertEquals("COLLSCAN " + ANN + "{'_id':3,'email':'a@b'}", found("a@b"));
    }

    @Test
    void what_becomes_of_the_collection_is_seen() {
        people.drop();
        assertEquals("EOF ", found("a@b"));
        people.insertOne(doc("{'_id': 5, 'email': 'a@b'}"));
        assertEquals("COLLSCAN {'_id':5,'email':'a@b'}", found("a@b"));
    }

    @Test
    void keys_that_are_cut_or_of_arrays_are_scanned() {
        people.insertOne(doc("{'_id': 3, 'email': ['e', 'f']}"));
        assertEquals(LOOKUP + "{'_id':3,'email':['e','f']}", found("f"));
        people.insertOne(doc("{'_id': 4, 'email': '%s'}".formatted("y".repeat(4_000))));
        assertEquals("IXSCAN email_1 " + ANN, found("a@b"));
    }

    @Test
    void values_of_another_type_are_planned_on_their_own() {
        people.insertOne(doc("{'_id': 3, 'email': {'$numberLong': '7'}}"));
        for (String seven : List.of("7", "{'$numberLong': '7'}", "7.0")) {
            for (int time = 0; time < 3; time++) {
                try (DocumentCursor cursor = people.find(Document.of("email", value(seven)))) {
                    assertEquals("{'_id':3,'email':7}", text(cursor));
                }
            }
        }
        assertCode(2, () -> people.find(doc("{'email': {'$nothing': 1}}")));
        try (DocumentCursor cursor = people.find(doc("{'email': {'$regex': '^a'}}"))) {
            assertEquals(ANN, text(cursor));
        }
    }

    @Test
    void other_states_than_the_newest_are_seen() {
        long then = people.findById(Value.of(2)).orElseThrow().version();
        people.updateOne(doc("{'_id': 1}"), value("{'$set': {'email': 'z'}}"));
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            DocumentCollection own = transaction.database("town").collection("people");
            own.insertOne(doc("{'_id': 4, 'email': 'new'}"));
            assertEquals(LOOKUP + "{'_id':4,'email':'new'}", found(own, "new"));
            assertEquals(LOOKUP, found("new"));
            assertEquals(LOOKUP, found(own, "a@b"));
        }
        assertEquals(LOOKUP + ANN, found(people.asOf(AsOf.sequence(then)), "a@b"));
        assertEquals(LOOKUP, found("a@b"));
    }

    @Test
    void a_cursor_sees_one_state_and_ends_with_the_database() {
        DocumentCursor cursor = people.find(request("a@b"));
        people.deleteOne(doc("{'_id': 1}"));
        assertEquals(ANN, text(cursor.next()));
        assertEquals(false, cursor.hasNext());
        cursor.close();
        cursor.close();
        DocumentCursor late = people.find(request("a@b"));
        SmilodonException why = assertCode(2, () -> people.find(doc("{'$no': 1}")));
        late.interrupt(why);
        assertCode(2, late::hasNext);
        late.close();
    }

    @Test
    void their_number_and_cost_are_counted_like_those_of_others() {
        for (int time = 0; time < 8; time++) {
            found("a@b");
        }
        try (DocumentCursor uses =
                people.aggregate(docs("{'$indexStats': {}}", "{'$match': {'name': 'email_1'}}"))) {
            assertEquals("10", text(((Document) uses.next().get("accesses")).get("ops")));
        }
        ArrayValue shapes = (ArrayValue) people.planning().adviseIndexes().get("shapes");
        Document shape = (Document) shapes.get(0);
        List<String> told = new ArrayList<>();
        for (String field : List.of("count", "cost", "docsExamined", "nReturned", "query")) {
            told.add(text(shape.get(field)));
        }
        assertEquals(List.of("10", "25", "10", "10", "{'email':{'$eq':'a@b'}}"), told);
    }

    /** Whatever happens to documents and indexes, looking at all documents finds the same. */
    @RepeatedTest(3)
    void finds_agree_with_scans() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int step = 0; step < 400; step++) {
            try {
                change(random);
            } catch (SmilodonException refused) {
                assertEquals(
                        true,
                        List.of(11000, 27, 85, 86).contains(refused.code().number()),
                        () -> "seed " + seed + ": " + refused);
            }
            Document filter = Document.of("email", any(random));
            FindRequest request =
                    FindRequest.of(filter).withLimit(random.nextInt(4) == 0 ? 1_000 : 0);
            FindRequest scan = request.withHint(value("{'$natural': 1}"));
            assertEquals(sorted(scan), sorted(request), () -> "seed " + seed + ": " + text(filter));
        }
    }

    private List<String> sorted(FindRequest request) {
        List<String> found = new ArrayList<>();
        try (DocumentCursor cursor = people.find(request)) {
            cursor.forEachRemaining(document -> found.add(text(document)));
        }
        found.sort(null);
        return found;
    }

    private static Value any(Random random) {
        int number = random.nextInt(8);
        return switch (random.nextInt(12)) {
            case 0 -> Value.of(number);
            case 1 -> Value.of((long) number);
            case 2 -> Value.of((double) number);
            case 3 -> value("null");
            case 4 -> value("[" + number + ", 'e" + random.nextInt(8) + "']");
            case 5 -> value("{'x': " + number + "}");
            default -> Value.of("e" + number);
        };
    }

    private void change(Random random) {
        Document one = Document.of("_id", Value.of(random.nextInt(20)));
        switch (random.nextInt(20)) {
            case 0 -> people.dropIndex(Value.of("email_1"));
            case 1, 2 -> people.createIndex(doc("{'key': {'email': 1}, 'unique': true}"));
            case 3 -> people.createIndex(doc("{'key': {'email': 1, '_id': 1}, 'unique': true}"));
            case 4 -> people.deleteMany(Document.EMPTY);
            case 5, 6, 7 -> people.deleteOne(one);
            default ->
                    people.replaceOne(
                            one,
                            Document.of("email", any(random)),
                            UpdateOptions.DEFAULTS.withUpsert(true));
        }
    }
}
