package io.smilodon.rest.graphql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Some people and towns, a definition of their relations, and what requests ask for. */
final class People implements AutoCloseable {

    static final String SCHEMA =
            """
            type Query {
              people(name: String, from: Int, limit: Int = 100, order: JSONObject): [Person]
              person(id: Int!): Person
              towns: [Town]
              byTown(least: Int, only: String): [Group]
              peopleCount(name: String): Int
            }
            type Person {
              id: ID
              name: String
              street: String
              town: Town
              friends(skip: Int = 0): [Person]
              children(limit: Int = 2): [Person]
              oldest: Person
            }
            type Town { name: String people(limit: Int = 2): [Person] peopleCount: Int }
            type Group { town: Int count: Int }
            """;

    static final String MAPPINGS =
            """
            {"Query": {
               "people": {"collection": "people",
                  "find": {"name": {"$arg": "name"}, "age": {"$gte": {"$arg": "from"}}},
                  "sort": {"$arg": "order"}, "limit": {"$arg": "limit"}},
               "person": {"collection": "people", "find": {"_id": {"$arg": "id"}}},
               "towns": {"collection": "towns", "find": {}, "sort": {"_id": 1}},
               "byTown": {"collection": "people", "stages": [
                  {"$ifarg": ["only", {"$match": {"name": {"$arg": "only"}}}]},
                  {"$group": {"_id": "$town", "n": {"$sum": 1}}},
                  {"$match": {"n": {"$gte": {"$arg": ["least", 0]}}}}, {"$sort": {"_id": 1}}]},
               "peopleCount": {"collection": "people", "count": {"name": {"$arg": "name"}}}},
             "Person": {"id": "_id", "street": "address.street",
               "town": {"collection": "towns", "find": {"_id": {"$fk": "town"}}},
               "friends": {"collection": "people", "find": {"_id": {"$in": {"$fk": "friends"}}},
                  "sort": {"_id": 1}, "skip": {"$arg": "skip"}},
               "children": {"collection": "people", "find": {"parents": {"$fk": "_id"}},
                  "sort": {"age": -1}, "limit": {"$arg": "limit"}},
               "oldest": {"collection": "people", "sort": {"age": -1},
                  "find": {"town": {"$fk": "town"}, "_id": {"$ne": {"$fk": "_id"}}}}},
             "Town": {
               "people": {"collection": "people", "find": {"town": {"$fk": "_id"}},
                  "sort": {"age": -1}, "limit": {"$arg": "limit"}},
               "peopleCount": {"collection": "people", "count": {"town": {"$fk": "_id"}}}},
             "Group": {"town": "_id", "count": "n"}}
            """;

    private long held;
    private long left = Long.MAX_VALUE;
    private final Smilodon smilodon = Smilodon.inMemory();
    private final Database database = smilodon.database("d");
    private final List<String> asked = new ArrayList<>();
    private final GraphQlService service = new GraphQlService(People::told);

    People() {
        insert(
                "people",
                "[{'_id': 1, 'name': 'Ada', 'age': 36, 'town': 10, 'friends': [2, 3],"
                        + " 'address': {'street': 'A', 'no': 1}},"
                        + " {'_id': 2, 'name': 'Bob', 'age': 40, 'town': 20, 'friends': [1]},"
                        + " {'_id': 3, 'name': 'Cid', 'age': 7, 'town': 10, 'parents': [1, 2]},"
                        + " {'_id': 4, 'name': 'Dan', 'age': 9, 'town': 10, 'parents': [1]},"
                        + " {'_id': 5, 'name': 'Eve', 'age': 3, 'town': 99, 'parents': [1, 2]}]");
        insert("towns", "[{'_id': 10, 'name': 'Ur'}, {'_id': {'$numberLong': '20'}, 'name': 'X'}]");
        Document definition =
                Document.builder()
                        .put("schema", SCHEMA)
                        .put("mappings", ExtendedJson.readDocument(MAPPINGS))
                        .build();
        database.collection(StoredDefinitions.COLLECTION)
                .insertOne(service.definitions().checked("app", definition));
    }

    Smilodon smilodon() {
        return smilodon;
    }

    Database database() {
        return database;
    }

    GraphQlService service() {
        return service;
    }

    /** The bytes that requests have taken by now. */
    long held() {
        return held;
    }

    /** Lets them take no more than that. */
    void leave(long bytes) {
        left = bytes;
    }

    /** The actions by now, with single quotes. */
    List<String> asked() {
        return asked;
    }

    void insert(String collection, String json) {
        List<Document> documents = new ArrayList<>();
        for (Value each : ExtendedJson.readArray(json.replace('\'', '"'))) {
            documents.add((Document) each);
        }
        database.collection(collection).insertMany(documents, true);
    }

    /** People of a town, who have nothing else. */
    void settle(int town, int count) {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(Document.builder().put("_id", 1_000 + i).put("town", town).build());
        }
        database.collection("people").insertMany(many, true);
    }

    /** The answer by the definition, with single quotes. */
    String ask(String query) {
        return ask(database, Optional.of("app"), query, true);
    }

    /** The answer by the derived schema, with single quotes. */
    String askDerived(String query) {
        return ask(database, Optional.empty(), query, true);
    }

    String ask(Database asks, Optional<String> app, String query, boolean mayWrite) {
        GraphQlRequest request = new GraphQlRequest(query, "", Document.EMPTY, mayWrite);
        Document answer = service.answer(asks, app, request, new Recording());
        return ExtendedJson.write(answer, JsonMode.RELAXED).replace('"', '\'');
    }

    void assertAsked(String... expected) {
        assertEquals(List.of(expected), asked);
    }

    private final class Recording implements RequestSteps {

        @Override
        public Document act(String name, String collection, String action, Document body) {
            String shown = ExtendedJson.write(body.without("batchSize"), JsonMode.RELAXED);
            asked.add(collection + "." + action + " " + shown.replace('"', '\''));
            DocumentCollection target = smilodon.database(name).collection(collection);
            return Actions.run(target, action, body);
        }

        @Override
        public void hold(long bytes) {
            if (bytes > left) {
                throw new SmilodonException(ErrorCode.TEMPORARILY_UNAVAILABLE, "no memory");
            }
            held += bytes;
            left -= bytes;
        }

        @Override
        public void closeCursor(String id) {
            smilodon.cursors().kill(id);
        }
    }

    private static Document told(SmilodonException failure) {
        return Document.builder()
                .put("title", failure.template())
                .put("code", failure.code().number())
                .put("codeName", failure.code().name())
                .build();
    }

    @Override
    public void close() {
        smilodon.close();
    }
}
