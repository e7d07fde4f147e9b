package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.database.Smilodon;
import io.smilodon.rest.RestOptions;
import io.smilodon.rest.RestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What databases and collections can do in the shell, in this process and through a server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShellMethodsTest {

    /** A line and its answer, one after the other. */
    private static final String SCRIPT =
            """
            db.runCommand({ping: 1})
            { ok: 1 }
            db.runCommand('ping').ok
            1
            db.runCommand({fnid: 'a'})
            MongoError: CommandNotFound (59): no such command: 'fnid'; did you mean find?
            try { db.runCommand('fnid') } catch (e) { e.code + e.codeName }
            59CommandNotFound
            db.createCollection('films', {validator: {year: {$type: 'int'}}})
            { ok: 1 }
            db.films.insertMany([1995, 1979, 2001].map((year, i) => ({_id: i + 1, year}))); 'in'
            in
            db.films.insertOne({_id: 4}, {bypassDocumentValidation: true}).insertedId
            4
            db.films.updateOne({_id: 1}, {$push: {year: 1}})
            MongoError: BadValue (2): The field must be an array to $push to it {actual: int} \
            at /update/$push/year
            db.createView('old', 'films', [{$match: {year: {$lt: 1990}}}])
            { ok: 1 }
            db.old.find().toArray()
            [ { _id: 2, year: 1979 } ]
            db.getCollectionInfos({type: 'view'})[0].options
            { viewOn: "films", pipeline: [ { $match: { year: { $lt: 1990 } } } ] }
            db.getCollectionNames()
            [ "films", "old" ]
            db.films.createIndex({year: 1})
            year_1
            db.films.find().hint('year_1').min({year: 1990}).max({year: 2000}).toArray()
            [ { _id: 1, year: 1995 } ]
            db.films.find({_id: 1}).showRecordId().next().$recordId
            Binary("Gz/wAAAAAAAAAA==", "00")
            stage = explained => explained.queryPlanner.winningPlan.stage; 'stage'
            stage
            stage(db.films.explain().update({year: 1995}, {$set: {seen: true}}, {multi: true}))
            UPDATE
            stage(db.films.explain().remove({year: 1995}, true))
            DELETE
            stage(db.films.explain().findAndModify({query: {_id: 1}, remove: true}))
            DELETE
            db.films.countDocuments({year: 1995})
            1
            db.films.createSearchIndex('years', {mappings: {dynamic: true}})
            years
            db.films.aggregate({$search: {index: 'years', exists: {path: 'year'}}}).next()
            { _id: 1, year: 1995 }
            db.films.updateSearchIndex('years', {mappings: {dynamic: false}}); 'new'
            new
            db.films.getSearchIndexes('years')[0].latestVersion
            1
            db.films.dropSearchIndex('years'); db.films.getSearchIndexes().length
            0
            db.films.hideIndex('year_1').hidden_new
            true
            db.films.unhideIndex({year: 1})
            { hidden_old: true, hidden_new: false, ok: 1 }
            db.films.dropIndex('nope')
            MongoError: IndexNotFound (27): index not found with name [nope]
            db.films.createIndex({a: 1}); db.films.dropIndex({a: 1})
            { nIndexesWas: 3, ok: 1 }
            many = [{_id: 9, year: 9}, {_id: 1, year: 1}]; 'many'
            many
            try { db.films.insertMany(many) } catch (e) { [e.code, e.writeErrors.length] }
            [ 11000, 1 ]
            db.films.updateOne({_id: 9}, {$set: {year: 9}}, {upsert: true}).upsertedCount
            0
            db.films.deleteOne({_id: 9}).deletedCount
            1
            db.films.mapReduce(function () {}, function () {}, {out: {inline: 1}})
            MongoError: CommandNotSupported (115): mapReduce is not supported: no script ever runs \
            in the server at /mapReduce; aggregate, with $group and if need be $merge
            db.films.stats().count
            4
            db.films.validate({full: true}).valid
            true
            db.films.aggregate({$match: {$expr: {$eq: ['$year', '$$y']}}}, {let: {y: 1995}}).next()
            { _id: 1, year: 1995 }
            db.films.findAndModify({query: {_id: 4}, remove: true})
            { _id: 4 }
            bulk = [{insertOne: {document: {year: 1}}}, {deleteOne: {filter: {year: 1}}}]; 'bulk'
            bulk
            db.films.bulkWrite(bulk).deletedCount
            1
            db.films.find().skip(1).limit(5).size()
            2
            db.films.renameCollection('movies')
            { ok: 1 }
            db.old.renameCollection('new')
            MongoError: CommandNotSupportedOnView (166): cannot rename a view {namespace: test.old}
            db.movies.countDocuments()
            3
            db.aggregate([{$documents: [{a: 1}]}]).toArray()
            [ { a: 1 } ]
            db.currentOp().inprog.length
            1
            db.killOp(99999).ok
            1
            db.setProfilingLevel(1, 500).was
            0
            db.getProfilingStatus()
            { was: 1, slowms: 500, sampleRate: 1, ok: 1 }
            db.setProfilingLevel(0).slowms
            500
            db.stats().collections > 0
            true
            db.serverStatus().process + db.hello().isWritablePrimary + db.version()
            smilodontrue8.0.0
            db.adminCommand({listDatabases: 1, nameOnly: true}).databases
            [ { name: "test" } ]
            db.createRole({role: 'watch', privileges: [], roles: ['read']}).ok
            1
            db.grantPrivilegesToRole('watch', [{resource: {db: 'test', collection: ''}, \
            actions: ['find']}]).ok
            1
            db.getRole('watch').inheritedRoles
            [ { role: "read", db: "test" } ]
            db.revokeRolesFromRole('watch', 'read').ok + db.getRole('watch').roles.length
            1
            db.getRoles({showBuiltinRoles: true}).roles.length
            7
            db.createUser({user: 'ann', pwd: 'p', roles: ['watch'], mechanisms: \
            ['SCRAM-SHA-256']}).ok
            1
            db.grantRolesToUser('ann', ['read']).ok + db.revokeRolesFromUser('ann', 'watch').ok
            2
            db.updateUser('ann', {customData: {a: 1}}).ok
            1
            user = db.getUser('ann'); [user._id, user.roles, user.customData]
            [ "test.ann", [ { role: "read", db: "test" } ], { a: 1 } ]
            db.getUser('bob')
            null
            db.getUsers().users.length + db.dropUser('ann').ok + db.dropAllUsers().n + \
            db.dropAllRoles().n
            3
            db.createUser({user: 'ann', roles: []})
            MongoError: BadValue (2): Must provide a 'pwd' field for all user documents, except \
            those with '$external' as the user's source db
            db.movies.help().includes('renameCollection') && db.help().includes('killOp')
            true
            """;

    private final Smilodon smilodon = Smilodon.inMemory();

    @AfterEach
    void close() {
        smilodon.close();
    }

    @Test
    void methods_work_in_this_process() {
        Backend backend = new EmbeddedBackend(Path.of("memory"), smilodon);
        assertEquals(SCRIPT, ScriptAnswers.of(SCRIPT, backend));
    }

    @Test
    void methods_work_through_a_server() {
        RestServer server = RestServer.start(smilodon, RestOptions.DEFAULTS.withPort(0));
        try (Backend backend = new HttpBackend(URI.create("http://localhost:" + server.port()))) {
            assertEquals(SCRIPT, ScriptAnswers.of(SCRIPT, backend));
        } finally {
            server.close();
        }
    }

    @Test
    void a_command_belongs_to_the_transaction_of_its_session() {
        Backend backend = new EmbeddedBackend(Path.of("memory"), smilodon);
        try (Script script = new Script(backend, "test", line -> {})) {
            script.evaluate("s = db.getMongo().startSession(); s.startTransaction()", "test");
            script.evaluate(
                    "s.getDatabase('test').runCommand({insert: 'a', documents: [{_id: 1}]})",
                    "test");
            assertEquals("0", script.evaluate("db.a.countDocuments()", "test"));
            script.evaluate("s.commitTransaction()", "test");
            assertEquals("1", script.evaluate("db.a.countDocuments()", "test"));
        }
    }

    @Test
    void a_script_that_does_not_end_is_interrupted() {
        Backend backend = new EmbeddedBackend(Path.of("memory"), smilodon);
        AtomicReference<Script> running = new AtomicReference<>();
        Consumer<String> interrupting =
                line -> CompletableFuture.runAsync(() -> running.get().interrupt());
        try (Script script = new Script(backend, "test", interrupting)) {
            running.set(script);
            ShellException ended =
                    assertThrows(
                            ShellException.class,
                            () -> script.evaluate("print('on'); for (;;) {}", "test"));
            assertEquals("interrupted", ended.getMessage());
            assertEquals("2", script.evaluate("1 + 1", "test"));
        }
    }
}
