package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;

/** A database in memory that takes commands, for tests. */
final class CommandServer implements AutoCloseable {

    private final Smilodon smilodon;

    CommandServer() {
        this(DatabaseOptions.DEFAULTS);
    }

    CommandServer(DatabaseOptions options) {
        smilodon = Smilodon.inMemory(options);
    }

    Smilodon smilodon() {
        return smilodon;
    }

    CommandContext context(String database) {
        return CommandContext.of(smilodon, database).withClient("127.0.0.1:5");
    }

    Document run(String command) {
        return Commands.run(context("cinema"), Json.doc(command));
    }

    Document admin(String command) {
        return Commands.run(context("admin"), Json.doc(command));
    }

    /** Runs a command that goes well, and leaves {@code ok} out of the answer. */
    Document ok(String command) {
        return withoutOk(run(command));
    }

    Document adminOk(String command) {
        return withoutOk(admin(command));
    }

    static Document withoutOk(Document answer) {
        assertEquals(Value.of(1.0), answer.get("ok"), () -> Json.text(answer));
        return answer.without("ok");
    }

    String text(String command) {
        return Json.text(ok(command));
    }

    /** What explain tells of the plan of a command, also of one that is a pipeline. */
    Document planner(String command) {
        Document told = ok("{'explain': " + command + ", 'verbosity': 'queryPlanner'}");
        if (told.get("stages") instanceof ArrayValue stages) {
            return part(part((Document) stages.get(0), "$cursor"), "queryPlanner");
        }
        return part(told, "queryPlanner");
    }

    /** The stages of a plan, the index last. */
    static String way(Document stage) {
        String name = Json.text(stage.get("stage")).replace("'", "");
        return stage.get("inputStage") instanceof Document input
                ? name + " " + way(input)
                : name + (stage.has("indexName") ? " " + Json.text(stage.get("indexName")) : "");
    }

    void fails(int code, String command) {
        assertCode(code, run(command));
    }

    void adminFails(int code, String command) {
        assertCode(code, admin(command));
    }

    static void assertCode(int code, Document answer) {
        assertEquals(Value.of(0.0), answer.get("ok"), () -> Json.text(answer));
        assertEquals(code, number(answer, "code"), () -> Json.text(answer));
    }

    static long number(Document document, String name) {
        return document.get(name) instanceof NumberValue number ? number.toLong() : -1;
    }

    static Document part(Document document, String name) {
        return document.get(name) instanceof Document part ? part : Document.EMPTY;
    }

    /** Three films in the collection {@code films}. */
    void insertFilms() {
        ok(
                "{'insert': 'films', 'documents': [{'_id': 1, 'year': 1995, 'title': 'Heat'},"
                        + " {'_id': 2, 'year': 1979, 'title': 'Alien'},"
                        + " {'_id': 3, 'year': 1995, 'title': 'Casino'}]}");
    }

    @Override
    public void close() {
        smilodon.close();
    }
}
