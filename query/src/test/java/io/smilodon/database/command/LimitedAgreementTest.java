package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What a user sees and changes who may see some documents only is what everybody sees and changes
 * of a collection that has nothing but these.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedAgreementTest {

    private static final int NOTES = 30;
    private static final int COMMANDS = 60;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final RandomReads commands = new RandomReads(random);
    private final CommandServer server = new CommandServer();
    private final CommandServer model = new CommandServer();
    private Document modelAnswer = Document.EMPTY;

    @AfterEach
    void close() {
        server.close();
        model.close();
    }

    private LoggedIn prepare(LimitedModel rules, String actions) {
        for (int id = 0; id < NOTES; id++) {
            insert(server, "notes", LimitedModel.note(random, id));
        }
        for (int id = 0; id < 4; id++) {
            String k = List.of("1", "'ann'", "'x'", "10").get(id);
            Document other = Json.doc("{'_id': " + id + ", 'k': " + k + "}");
            insert(server, "other", other);
            insert(model, "other", other);
        }
        for (String key : List.of("{'a': 1}", "{'pay': 1}", "{'b': 1, 'pay': -1}", "{'n.y': 1}")) {
            if (random.nextBoolean()) {
                server.ok(
                        "{'createIndexes': 'notes', 'indexes': [{'key': "
                                + key
                                + ", 'name': '"
                                + key.hashCode()
                                + "'}]}");
            }
        }
        if (random.nextBoolean()) {
            server.ok(
                    "{'createIndexes': 'notes', 'indexes': [{'key': {'u': 1}, 'name': 'u',"
                            + " 'unique': true}]}");
        }
        server.ok(
                "{'createRole': 'r', 'roles': [], 'privileges': ["
                        + LimitedNotes.privilege(actions, rules.written())
                        + ", {'resource': {'db': 'cinema', 'collection': 'other'}, 'actions':"
                        + " ['find']}]}");
        return LoggedIn.create(server, "ann", "r@cinema");
    }

    private static void insert(CommandServer into, String collection, Document document) {
        into.smilodon().database("cinema").collection(collection).insertOne(document);
    }

    private static List<Document> all(CommandServer server) {
        List<Document> all = new ArrayList<>();
        try (DocumentCursor cursor =
                server.smilodon().database("cinema").collection("notes").find(Document.EMPTY)) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }

    private static String told(Document answer) {
        if (answer.has("code")) {
            return "error";
        }
        if (!(CommandServer.part(answer, "cursor").get("firstBatch") instanceof ArrayValue batch)) {
            return Json.text(answer);
        }
        List<String> found = new ArrayList<>();
        batch.forEach(one -> found.add(unordered(one)));
        found.sort(null);
        return String.join("\n", found);
    }

    /** Whatever the order is in which other collections bring documents along. */
    private static String unordered(Value value) {
        if (!(value instanceof Document document)) {
            return Json.text(value);
        }
        StringBuilder text = new StringBuilder();
        for (Field field : document) {
            text.append(field.name()).append(':');
            if (field.name().equals("j") && field.value() instanceof ArrayValue joined) {
                text.append(
                        joined.elements().stream()
                                .map(LimitedAgreementTest::unordered)
                                .sorted()
                                .toList());
            } else {
                text.append(unordered(field.value()));
            }
        }
        return text.toString();
    }

    @RepeatedTest(12)
    void a_limited_user_reads_what_everybody_reads_of_these_documents_alone() {
        LimitedModel rules = LimitedModel.next(random, false);
        LoggedIn ann = prepare(rules, "'find'");
        model.ok("{'create': 'notes'}");
        for (Document note : all(server)) {
            if (rules.shows(note)) {
                insert(model, "notes", rules.seen(note));
            }
        }
        for (int i = 0; i < COMMANDS; i++) {
            String command = commands.next();
            server.run(command); // what is remembered of others does not count
            assertEquals(
                    told(model.run(command)),
                    told(ann.run(command)),
                    () -> "seed " + seed + ": " + rules.written() + ": " + command);
        }
    }

    @RepeatedTest(8)
    void a_limited_user_changes_what_everybody_changes_of_these_documents_alone() {
        LimitedModel rules = LimitedModel.next(random, true);
        LoggedIn ann = prepare(rules, "'find', 'update', 'remove', 'insert'");
        for (int i = 0; i < COMMANDS; i++) {
            String command = commands.nextWrite(NOTES);
            List<Document> before = all(server);
            Map<Long, Document> expected = expected(rules, before, command);
            Document answer = ann.run(command);
            String label = "seed " + seed + ": " + rules.written() + ": " + command;
            boolean isStopped = answer.has("code") || answer.has("writeErrors");
            Map<Long, Document> after = byId(all(server));
            Map<Long, Document> earlier = byId(before);
            for (Document note : after.values()) {
                long id = LimitedModel.id(note);
                Optional<Document> asked = Optional.ofNullable(expected.get(id));
                boolean isAllowed =
                        rules.writes(note) && merged(rules, asked).equals(Optional.of(note));
                assertTrue(earlier.containsKey(id) || isAllowed, label);
            }
            for (Document note : before) {
                long id = LimitedModel.id(note);
                Optional<Document> is = Optional.ofNullable(after.get(id));
                Optional<Document> asked = Optional.ofNullable(expected.get(id));
                boolean isMine = rules.shows(note) && rules.writes(note);
                boolean stays = is.equals(Optional.of(note));
                boolean isDone = asked.equals(is) || isMine && is.equals(merged(rules, asked));
                assertTrue(isStopped && isMine || isDone, label);
                assertTrue(stays || is.map(rules::writes).orElse(true), label);
                assertTrue(stays || is.equals(merged(rules, is)), label);
            }
            if (!isStopped && !rules.isMerging()) {
                assertEquals(told(modelAnswer), told(answer), label);
            }
        }
        assertEquals("true", Json.text(server.ok("{'validate': 'notes'}").get("valid")));
    }

    private static Map<Long, Document> byId(List<Document> notes) {
        return notes.stream().collect(Collectors.toMap(LimitedModel::id, note -> note));
    }

    private static Optional<Document> merged(LimitedModel rules, Optional<Document> changed) {
        return rules.isMerging() ? changed.map(note -> note.with("by", Value.of("ann"))) : changed;
    }

    /** What a command makes of the notes that may be written; the others are as they were. */
    private Map<Long, Document> expected(
            LimitedModel rules, List<Document> before, String command) {
        model.run("{'drop': 'notes'}");
        model.ok("{'create': 'notes'}");
        Map<Long, Document> others = new HashMap<>();
        for (Document note : before) {
            if (rules.shows(note) && rules.writes(note)) {
                insert(model, "notes", note);
            } else {
                others.put(LimitedModel.id(note), note);
            }
        }
        modelAnswer = model.run(command);
        Map<Long, Document> expected = byId(all(model));
        expected.putAll(others);
        return expected;
    }
}
