package io.smilodon.shell;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptTest {

    private final List<String> printed = new ArrayList<>();
    private Backend backend;
    private Script script;

    @BeforeEach
    void open() {
        backend = new EmbeddedBackend(Path.of("memory"), Smilodon.inMemory());
        script = new Script(backend, "test", printed::add);
    }

    @AfterEach
    void close() {
        script.close();
        backend.close();
    }

    private String run(String text) {
        return script.evaluate(text, "test");
    }

    @Test
    void a_document_goes_in_and_comes_out() {
        run("db.movies.insertOne({_id: 1, title: 'Heat', year: 1995})");

        assertEquals(
                "{ _id: 1, title: \"Heat\", year: 1995 }",
                run("db.movies.findOne({title: 'Heat'})"));
    }

    /** What a script writes and reads again must be what it wrote. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1                                          | 1",
                "-0                                         | -0",
                "1.5                                        | 1.5",
                "NaN                                        | NaN",
                "Long('9007199254740993')                   | Long(\"9007199254740993\")",
                "12345678901234567890n % 2n**62n            | Long(\"3122306864379792082\")",
                "Decimal128('1.10')                         | Decimal128(\"1.10\")",
                "ObjectId('65f000000000000000000001')       | ObjectId(\"65f000000000000000000001\")",
                "ISODate('2024-02-29T12:00:00Z')            | ISODate(\"2024-02-29T12:00:00.000Z\")",
                "/^a.*b$/i                                  | /^a.*b$/i",
                "Timestamp(5, 6)                            | Timestamp({ t: 5, i: 6 })",
                "Binary('AQID')                             | Binary(\"AQID\", \"00\")",
                "MinKey                                     | MinKey()",
                "null                                       | null",
                "[1, [2, {}], 'x']                          | [ 1, [ 2, {} ], \"x\" ]",
            })
    void every_type_survives_the_journey(String written, String shown) {
        run("db.t.insertOne({_id: 1, v: " + written + "})");

        assertEquals("{ _id: 1, v: " + shown + " }", run("db.t.findOne()"));
    }

    @Test
    void a_cursor_shows_twenty_and_goes_on_with_it() {
        run("for (let i = 0; i < 45; i++) db.n.insertOne({_id: i})");

        String first = run("db.n.find().sort({_id: 1})");
        String second = run("it");
        String third = run("it");

        assertEquals(21, first.lines().count());
        assertTrue(first.endsWith("Type \"it\" for more"));
        assertTrue(second.startsWith("{ _id: 20 }"));
        assertEquals(5, third.lines().count());
        assertEquals("no cursor", run("it"));
    }

    @Test
    void a_long_cursor_crosses_batches() {
        run("db.n.insertMany(Array.from({length: 333}, (_, i) => ({_id: i})))");

        assertEquals("333", run("db.n.find().itcount()"));
        assertEquals("332", run("db.n.find().sort({_id: -1}).next()._id"));
        assertEquals("333", run("db.n.countDocuments()"));
    }

    @Test
    void pipelines_updates_and_indexes_work() {
        run(
                "db.p.insertMany([{_id: 1, k: 'a', n: 1}, {_id: 2, k: 'a', n: 2}, {_id: 3, k: 'b', n: 3}])");

        assertEquals("k_1", run("db.p.createIndex({k: 1})"));
        assertEquals(
                """
                LIMIT 1
                  FETCH
                    IXSCAN k_1 forward { k: ["a", "a"] }
                """
                        .strip(),
                run("db.p.find({k: 'a'}).limit(1).explain()")
                        .lines()
                        .limit(3)
                        .collect(joining("\n")));
        assertTrue(run("db.p.find({n: 1}).explain()").contains("not used: k_1 (FIRST_FIELD"));
        assertTrue(
                run("db.p.find({k: 'a'}).explain('executionStats')")
                        .contains("-> 2 (keys 2, docs 0, 0 ms)"));
        assertTrue(
                run("db.p.aggregate([{$match: {k: 'a'}}, {$unwind: '$n'}]).explain()")
                        .startsWith("{ $unwind: \"$n\" }\nFETCH"));
        assertEquals("true", run("'queryPlanner' in db.p.find({n: 1}).explain()"));
        assertEquals(
                "[ { _id: \"a\", n: 3 }, { _id: \"b\", n: 3 } ]",
                run(
                        "db.p.aggregate([{$group: {_id: '$k', n: {$sum: '$n'}}}, {$sort: {_id: 1}}]).toArray()"));
        assertEquals("1", run("db.p.updateOne({_id: 3}, {$inc: {n: 4}}).modifiedCount"));
        assertEquals("7", run("db.p.findOne({_id: 3}).n"));
        assertEquals("[ \"a\", \"b\" ]", run("db.p.distinct('k')"));
        run("db.p.dropIndex({k: 1})");
        assertEquals("[ \"_id_\" ]", run("db.p.getIndexes().map(index => index.name)"));
    }

    @Test
    void collections_with_dots_and_odd_names_can_be_reached() {
        run("db.a.b.insertOne({_id: 1}); db.getCollection('find').insertOne({_id: 2})");

        assertEquals("[ \"a.b\", \"find\" ]", run("db.getCollectionNames().sort()"));
        assertTrue(run("show collections").contains("a.b"));
        assertTrue(run("show dbs").contains("test"));
    }

    @Test
    void use_switches_the_database() {
        assertEquals("switched to db other", run("use other"));
        run("db.c.insertOne({})");

        assertEquals("other", script.database());
        assertEquals("1", run("db.getSiblingDB('other').c.countDocuments()"));
    }

    @Test
    void errors_carry_code_place_and_hint_and_can_be_caught() {
        ShellException failure =
                assertThrows(
                        ShellException.class, () -> run("db.c.find({a: {$gtt: 1}}).toArray()"));

        assertTrue(failure.getMessage().contains("BadValue (2)"), failure.getMessage());
        assertTrue(failure.getMessage().contains("/filter/a/$gtt"), failure.getMessage());
        assertTrue(failure.getMessage().contains("did you mean $gt?"), failure.getMessage());
        assertEquals("2", run("try { db.c.find({a: {$gtt: 1}}).toArray() } catch (e) { e.code }"));
    }

    @Test
    void a_batch_that_fails_in_part_is_an_error() {
        ShellException failure =
                assertThrows(
                        ShellException.class, () -> run("db.c.insertMany([{_id: 1}, {_id: 1}])"));

        assertTrue(failure.getMessage().contains("11000"), failure.getMessage());
    }

    @Test
    void syntax_errors_name_the_line() {
        ShellException failure =
                assertThrows(ShellException.class, () -> run("let a = 1;\nlet b = ;"));

        assertTrue(failure.getMessage().contains("SyntaxError"), failure.getMessage());
    }

    @Test
    void print_writes_to_the_output() {
        run("print('a', {b: 1}); db.c.find().forEach(printjson)");

        assertEquals(List.of("a { b: 1 }"), printed);
    }

    /** A script can compute, and talk to the database: nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java.type('java.lang.System').exit(3)",
                "Polyglot.eval('js', '1')",
                "load('/etc/passwd')",
                "require('fs')",
                "new java.io.File('/')",
                "print.constructor.constructor('return java')().lang.System.exit(3)",
            })
    void a_script_reaches_nothing_of_the_machine(String attempt) {
        assertThrows(ShellException.class, () -> run(attempt));
    }

    @Test
    void names_are_completed() {
        run("db.movies.insertOne({}); db.music.insertOne({})");

        assertEquals(List.of("movies", "music"), script.completions("db.m"));
        assertEquals(List.of("insertOne", "insertMany"), script.completions("db.movies.insert"));
        assertTrue(script.completions("db.movies.find().").contains("limit"));
        assertEquals(List.of("show dbs", "show collections"), script.completions("show"));
    }

    @Test
    void a_session_commits_what_it_wrote_together() {
        run("s = db.getMongo().startSession(); s.startTransaction()");
        run("inside = s.getDatabase('test'); inside.a.insertOne({_id: 1})");
        run("inside.b.insertOne({_id: 2})");

        assertEquals("0", run("db.a.countDocuments()"));
        assertEquals("1", run("inside.a.countDocuments()"));
        run("s.commitTransaction()");
        assertEquals("1", run("db.a.countDocuments()"));
        assertEquals("1", run("db.b.countDocuments()"));
    }

    @Test
    void a_session_aborts_what_it_wrote() {
        run("s = db.getMongo().startSession(); s.startTransaction({isolation: 'serializable'})");
        run("s.getDatabase('test').a.insertOne({_id: 1}); s.abortTransaction()");

        assertEquals("0", run("db.a.countDocuments()"));
    }

    @Test
    void a_function_in_a_session_runs_again_after_a_conflict() {
        run("db.a.insertOne({_id: 1, n: 0}); runs = 0; s = db.getMongo().startSession()");

        run(
                "s.withTransaction(() => { const own = s.getDatabase('test').a; own.findOne();"
                        + " if (runs++ === 0) db.a.updateOne({}, {$inc: {n: 10}});"
                        + " own.updateOne({}, {$inc: {n: 1}}); })");

        assertEquals("2", run("runs"));
        assertEquals("11", run("db.a.findOne().n"));
    }

    @Test
    void indexes_are_not_made_in_a_session_with_a_transaction() {
        run("s = db.getMongo().startSession(); s.startTransaction()");

        assertEquals(
                "263",
                run("try { s.getDatabase('test').a.createIndex({x: 1}) } catch (e) { e.code }"));
    }
}
