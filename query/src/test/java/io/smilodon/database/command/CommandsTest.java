package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.database.TransactionSettings;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandsTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void what_pymongo_and_old_drivers_call_commands() {
        server.insertFilms();
        assertEquals(3, number(server.ok("{'collstats': 'films'}"), "count"));
        assertEquals(3, number(server.ok("{'dbstats': 1}"), "objects"));
        server.ok("{'validate': 'films', 'scandata': false, 'full': false}");
        server.ok("{'deleteIndexes': 'films', 'index': '*'}");
    }

    @Test
    void help_tells_what_a_command_takes_instead_of_carrying_it_out() {
        assertEquals(
                Value.of(
                        "help for: count [collation, comment, fields, hint, limit, maxTimeMS,"
                                + " query, skip]"),
                server.ok("{'count': 1, 'help': true}").get("help"));
        server.ok("{'drop': 'films', 'help': true}");
        server.ok("{'insert': 'films', 'documents': [{}]}");
        server.fails(40415, "{'count': 'films', 'help': false}");
        server.fails(59, "{'nothing': 1, 'help': true}");
    }

    @Test
    void an_answer_ends_with_ok_as_a_double() {
        assertEquals("{'ok':1.0}", Json.text(server.run("{'ping': 1}")));
    }

    @Test
    void an_error_is_an_answer_with_code_and_name() {
        Document answer = server.run("{'find': 'films', 'filter': {'a': {'$gtt': 1}}}");

        assertEquals("0.0", Json.text(answer.get("ok")));
        assertEquals("2", Json.text(answer.get("code")));
        assertEquals("'BadValue'", Json.text(answer.get("codeName")));
        assertEquals("'/filter/a/$gtt'", Json.text(answer.get("pointer")));
        assertEquals("'didyoumean$gt?'", Json.text(answer.get("hint")));
    }

    @Test
    void rule_119_an_unknown_command_is_59() {
        server.fails(59, "{'fnid': 'films'}");
        server.fails(59, "{}");
        assertEquals("'didyoumeanfind?'", Json.text(server.run("{'fnid': 'films'}").get("hint")));
    }

    @Test
    void rule_119_an_unknown_field_is_40415() {
        server.fails(40415, "{'find': 'films', 'fliter': {}}");
    }

    @Test
    void rule_119_a_missing_field_is_40414() {
        server.fails(40414, "{'insert': 'films'}");
        server.fails(40414, "{'distinct': 'films'}");
    }

    @Test
    void rule_119_a_field_of_the_wrong_type_is_14() {
        server.fails(14, "{'find': 'films', 'filter': 1}");
        server.fails(14, "{'getMore': 'x', 'collection': 'films'}");
    }

    @Test
    void rule_118_a_bad_namespace_is_73() {
        server.fails(73, "{'find': 1}");
        server.fails(73, "{'find': ''}");
        server.fails(73, "{'find': '.a'}");
        server.fails(73, "{'find': 'a$b'}");
        server.fails(73, "{'find': 'a\\u0000b'}");
        server.fails(73, "{'insert': 'system.users', 'documents': [{}]}");
        Document find = Json.doc("{'find': 'films'}");
        for (String forbidden : List.of("/", "\\", ".", " ", "\"", "$", "\0")) {
            CommandServer.assertCode(73, Commands.run(server.context("a" + forbidden + "b"), find));
        }
        CommandServer.assertCode(73, Commands.run(server.context(""), find));
        CommandServer.assertCode(73, Commands.run(server.context("a".repeat(64)), find));
        CommandServer.withoutOk(Commands.run(server.context("a".repeat(63)), find));
    }

    @Test
    void null_counts_as_an_absent_field() {
        server.insertFilms();

        assertEquals("{'n':3}", server.text("{'count': 'films', 'query': null}"));
        server.fails(40414, "{'distinct': 'films', 'key': null}");
    }

    @Test
    void every_command_takes_the_general_fields() {
        server.ok(
                "{'ping': 1, '$db': 'cinema', 'readConcern': {'level': 'majority'},"
                        + " '$readPreference': {'mode': 'nearest'}, 'comment': 'c',"
                        + " 'apiVersion': '1', '$clusterTime': {}, 'maxTimeMS': 1000}");
        server.fails(2, "{'drop': 'films', 'maxTimeMS': -1}");
        server.fails(2, "{'drop': 'films', 'maxTimeMS': 0.5}");
        server.fails(73, "{'ping': 1, '$db': 'other'}");
        server.fails(322, "{'ping': 1, 'apiVersion': '2'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 | 'level': 'best'",
                "14 | 'level': 1",
                "14 | 'afterClusterTime': 1",
                "40415 | 'levels': 'local'",
                "72 | 'level': 'available', 'afterClusterTime': #",
                "72 | 'level': 'linearizable', 'afterClusterTime': #",
                "72 | 'level': 'snapshot', 'afterClusterTime': #, 'atClusterTime': #"
            })
    void read_concerns_that_are_none_are_refused(int code, String concern) {
        String fields = concern.replace("#", "{'$timestamp': {'t': 1, 'i': 1}}");
        server.fails(code, "{'ping': 1, 'readConcern': {" + fields + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'find': 'films'",
                "'count': 'films'",
                "'distinct': 'films', 'key': 'a'",
                "'listCollections': 1",
                "'getMore': {'$numberLong': '1'}, 'collection': 'films'",
                "'dbStats': 1"
            })
    void what_does_not_write_takes_no_write_concern(String command) {
        server.fails(72, "{" + command + ", 'writeConcern': {'w': 1}}");
        server.fails(72, "{" + command + ", 'writeConcern': {}}");
    }

    @Test
    void sizes_on_disk_tell_of_the_file_system(@TempDir Path directory) {
        String asked = "{'dbStats': 1, 'freeStorage': 1, 'scale': 1024}";
        Document inMemory = server.ok(asked);
        for (String name :
                List.of("freeStorageSize", "indexFreeStorageSize", "totalFreeStorageSize")) {
            assertEquals(Value.of(0.0), inMemory.get(name), name);
        }
        assertFalse(inMemory.has("fsTotalSize"));
        try (Smilodon files = Smilodon.open(directory)) {
            Document stats = Commands.run(CommandContext.of(files, "d"), Json.doc(asked));
            long total = CommandServer.number(stats, "fsTotalSize");
            assertEquals(directory.toFile().getTotalSpace() / 1024, total);
            long used = CommandServer.number(stats, "fsUsedSize");
            assertTrue(0 < used && used <= total, () -> Json.text(stats));
        }
    }

    @Test
    void the_scale_of_sizes_is_a_whole_number() {
        server.insertFilms();
        for (String command : List.of("{'dbStats': 1", "{'collStats': 'films'")) {
            Document stats = server.ok(command + ", 'scale': 1023.999}");
            assertEquals(1023, CommandServer.number(stats, "scaleFactor"));
            server.fails(2, command + ", 'scale': 0.9}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | {'mode': 'x'} | /$readPreference/mode",
                "14 | {'mode': 1} | /$readPreference/mode",
                "40414 | {} | /$readPreference",
                "2 | {'mode': 'primary', 'tags': [{'a': 'b'}]} | /$readPreference/tags"
            })
    void read_preferences_that_are_none_are_refused(int code, String written, String pointer) {
        Document answer = server.run("{'ping': 1, '$readPreference': " + written + "}");
        assertCode(code, answer);
        assertEquals(Value.of(pointer), answer.get("pointer"), () -> Json.text(answer));
    }

    @Test
    void read_preferences_change_nothing() {
        server.ok("{'ping': 1, '$readPreference': {'mode': 'secondary', 'tags': [{'a': 'b'}]}}");
        server.ok("{'ping': 1, '$readPreference': {'mode': 'primary', 'tags': [{}]}}");
    }

    @Test
    void names_that_nothing_can_have_are_refused() {
        for (String name : List.of("", "a b", "a.b")) {
            assertCode(73, Commands.run(server.context(name), Json.doc("{'ping': 1}")));
        }
        server.fails(73, "{'getMore': {'$numberLong': '1'}, 'collection': ''}");
        server.fails(43, "{'getMore': {'$numberLong': '1'}, 'collection': 'films'}");
    }

    @Test
    void what_cannot_be_done_in_a_transaction_is_263() {
        try (DocumentTransaction own = server.smilodon().begin(TransactionSettings.DEFAULTS)) {
            CommandContext context = server.context("cinema").withTransaction(own);
            CommandServer.withoutOk(
                    Commands.run(context, Json.doc("{'insert': 'a', 'documents': [{}]}")));
            CommandServer.assertCode(263, Commands.run(context, Json.doc("{'drop': 'a'}")));
            own.commit();
        }
        assertEquals("{'n':1}", server.text("{'count': 'a'}"));
    }

    @Test
    void a_pipeline_that_writes_needs_the_permission_to() {
        Command aggregate = Commands.TABLE.find("aggregate").orElseThrow();
        assertEquals(Permission.READ, aggregate.permission());
        assertEquals(
                Permission.READ,
                aggregate.permissionOf(
                        Json.doc("{'aggregate': 'a', 'pipeline': [{'$match': {}}]}")));
        for (String stage : new String[] {"{'$out': 'b'}", "{'$merge': {'into': 'b'}}"}) {
            assertEquals(
                    Permission.WRITE,
                    aggregate.permissionOf(
                            Json.doc(
                                    "{'aggregate': 'a', 'pipeline': [{'$match': {}}, "
                                            + stage
                                            + "]}")),
                    stage);
        }
        assertEquals(
                Permission.ADMINISTER,
                Commands.TABLE.find("drop").orElseThrow().permissionOf(Json.doc("{'drop': 'a'}")));
    }

    @Test
    void the_readme_lists_every_command_once() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        StringJoiner lacking = new StringJoiner("\n");
        for (String name : Commands.TABLE.names()) {
            String row = row(name, Commands.TABLE.find(name).orElseThrow());
            if (!readme.contains(row) || readme.indexOf(row) < readme.lastIndexOf(row)) {
                lacking.add(row);
            }
        }
        assertEquals("", lacking.toString(), "what README.md lacks, or has twice");
    }

    private static String row(String name, Command command) {
        StringJoiner fields = new StringJoiner(" ");
        for (String field : command.rules().names()) {
            if (!field.equals("comment")) {
                fields.add("`" + field + "`" + (command.rules().isRequired(field) ? "!" : ""));
            }
        }
        if (command.takesAnyField()) {
            fields.add("…");
        }
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        name,
                        command.target(),
                        command.permission(),
                        command.takesTransaction() ? "yes" : "no",
                        fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'find': 'c', 'nosuch': 1} | BSON field 'find.nosuch' is an unknown field.",
                "{'update': 'c', 'updates': [{'q': {}, 'u': {}, 'x': 1}]} | BSON field"
                        + " 'update.updates.x' is an unknown field.",
                "{'insert': 'c'} | BSON field 'insert.documents' is missing but a required field",
                "{'delete': 'c', 'deletes': [{'q': {}}]} | BSON field 'delete.deletes.limit' is"
                        + " missing but a required field",
                "{'find': 'c', 'filter': 1} | BSON field 'find.filter' is the wrong type 'int',"
                        + " expected type 'object'",
                "{'find': 'c', 'limit': 'x'} | BSON field 'find.limit' is the wrong type"
                        + " 'string', expected types '[long, int, decimal, double]'",
                "{'dropDatabase': 'x'} | BSON field 'dropDatabase.dropDatabase' is the wrong"
                        + " type 'string', expected types '[long, int, decimal, double]'",
            })
    void mistakes_in_fields_are_told_in_the_words_of_mongodb(String command, String text) {
        assertEquals(Value.of(text), server.run(command).get("errmsg"));
    }
}
