package io.smilodon.database.command;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Notes of two people, and a user who may see and write some of them, for tests. */
final class LimitedNotes implements AutoCloseable {

    static final String RULES = "'readFilter': {'owner': '@user'}";
    static final String SHOWN = RULES + ", 'projectResponse': {'pay': 0}";
    static final String ALL = "'find', 'insert', 'update', 'remove'";
    static final String WRITTEN =
            RULES
                    + ", 'writeFilter': {'owner': '@user', 'sum': {'$lt': 100}},"
                    + " 'mergeRequest': {'by': '@user', 'from': '@db'}";

    private final CommandServer server = new CommandServer();

    LimitedNotes() {
        server.ok(
                "{'insert': 'notes', 'documents': ["
                        + "{'_id': 1, 'owner': 'ann', 'text': 'red fox', 'sum': 5, 'pay': 10},"
                        + "{'_id': 2, 'owner': 'bob', 'text': 'red hen', 'sum': 6, 'pay': 20},"
                        + "{'_id': 3, 'owner': 'ann', 'text': 'blue', 'sum': 7, 'pay': 30},"
                        + "{'_id': 4, 'owner': 'bob', 'text': 'green', 'sum': 500, 'pay': 40}]}");
        server.ok(
                "{'insert': 'other', 'documents': [{'_id': 1, 'note': 2}, {'_id': 2, 'note': 1}]}");
    }

    CommandServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    static String privilege(String actions, String rules) {
        return "{'resource': {'db': 'cinema', 'collection': 'notes'}, 'actions': ["
                + actions
                + "]"
                + (rules.isEmpty() ? "" : ", " + rules)
                + "}";
    }

    void role(String name, String... privileges) {
        server.ok(
                "{'createRole': '"
                        + name
                        + "', 'roles': [], 'privileges': ["
                        + String.join(", ", privileges)
                        + "]}");
    }

    LoggedIn user(String... privileges) {
        String[] all = Arrays.copyOf(privileges, privileges.length + 1);
        all[privileges.length] =
                "{'resource': {'db': 'cinema', 'collection': 'other'}, 'actions': ['find',"
                        + " 'insert', 'update', 'remove']}";
        role("r", all);
        return LoggedIn.create(server, "ann", "r@cinema");
    }

    static String ids(Document answer) {
        Document cursor = (Document) answer.get("cursor");
        return ((ArrayValue) cursor.get("firstBatch"))
                .elements().stream()
                        .map(found -> Json.text(((Document) found).get("_id")))
                        .collect(Collectors.joining(" "));
    }

    static String pipeline(String collection, String stages) {
        return "{'aggregate': '"
                + collection
                + "', 'cursor': {}, 'pipeline': ["
                + stages
                + "], 'let': {'a': 1}}";
    }

    String stored(int id) {
        return server.text("{'find': 'notes', 'filter': {'_id': " + id + "}, 'singleBatch': true}");
    }
}
