package io.smilodon.shell;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What cursors, their explanations and the errors of commands tell. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShellCursorsTest {

    /** Cursors, sizes and the plan cache. */
    private static final String CURSORS =
            """
            db.c.insertMany([{_id: 1, a: 5}, {_id: 2, a: 5}, {_id: 3, a: 7}]); \
            db.c.createIndex({a: 1})
            a_1
            db.c.find().readPref('secondary').readConcern('majority').batchSize(2).toArray().length
            3
            db.c.find().readPref('never').toArray()
            MongoError: BadValue (2): Enumeration value 'never' for field '$readPreference.mode' \
            is not a \
            valid value. at /$readPreference/mode
            db.c.find().readConcern('sometimes').toArray()
            MongoError: BadValue (2): Enumeration value 'sometimes' for field 'readConcern.level' \
            is not a \
            valid value. at /readConcern/level; level: local, available, majority, linearizable \
            or snapshot
            db.c.find().addOption(16).allowPartialResults().noCursorTimeout().itcount()
            3
            db.c.find().addOption(4)
            Error: no cursor has the flag 4: they are 2, 8, 16, 32, 128
            db.createCollection('capped', {capped: true, size: 100000}).ok
            1
            db.capped.insertMany([{_id: 1}, {_id: 2}, {_id: 3}]).insertedCount
            3
            tail = db.capped.find().tailable({awaitData: true}).batchSize(2).maxAwaitTimeMS(1); \
            tail.toArray()
            [ { _id: 1 }, { _id: 2 }, { _id: 3 } ]
            db.capped.insertOne({_id: 4}); [tail.next(), tail.tryNext(), tail.isClosed()]
            [ { _id: 4 }, null, false ]
            tail.close(); tail.isClosed()
            true
            db.c.find().tailable().toArray()
            MongoError: BadValue (2): error processing query: tailable cursor requested on non \
            capped \
            collection {namespace: test.c} at /tailable
            db.c.find().sort({_id: -1}).skip(1).limit(1).count()
            1
            db.c.find({a: 5}).hint('nope').count()
            MongoError: BadValue (2): hint provided does not correspond to an existing index \
            {hint: nope}
            db.c.aggregate([]).count()
            TypeError: what a pipeline gives is counted by itcount()
            db.c.aggregate([]).sort({_id: -1}).skip(1).limit(1).projection({_id: 1}).toArray()
            [ { _id: 2 } ]
            db.c.aggregate([{$match: {a: 5}}, {$out: 'o'}]); db.o.countDocuments()
            2
            db.aggregate([{$documents: Array.from({length: 250}, (_, i) => ({i}))}]).itcount()
            250
            db.c.find().map(found => found._id).map(id => id * 2).toArray()
            [ 2, 4, 6 ]
            seen = []; db.c.find().forEach(found => { seen.push(found._id); return seen.length < \
            2; }); seen
            [ 1, 2 ]
            db.c.watch({fullDocument: 'updateLookup'}).tryNext()
            null
            [db.c.dataSize(), db.c.totalIndexSize(), db.c.totalSize()].every(size => size > 0)
            true
            db.c.totalSize() - db.c.totalIndexSize() - db.c.storageSize()
            0
            [db.c.isCapped(), db.capped.isCapped(), db.c.exists().name, db.none.exists()]
            [ false, true, "c", null ]
            db.c.getPlanCache().clearPlansByQuery({a: 5}, {a: 1}, {a: 1}).ok + \
            db.c.getPlanCache().clear().ok
            2
            db.c.getPlanCache().clearPlansByQuery(undefined, {a: 1})
            MongoError: BadValue (2): sort, projection or collation provided without query
            db.c.getPlanCache().listQueryShapes()
            Error: there is no listQueryShapes any more: use list()
            Object.keys(db.printCollectionStats())
            [ "c", "capped", "o" ]
            db.serverBits() + ' ' + ('find' in db.listCommands()) + ' ' + db.isMaster().ismaster
            64 true true
            db.getMongo().getDBs({nameOnly: true}).databases
            [ { name: "test" } ]
            """;

    /** What is explained is what would run. */
    private static final String EXPLANATIONS =
            """
            db.c.insertMany([{_id: 1, a: 5}, {_id: 2, a: 5}, {_id: 3, a: 7}]); \
            db.c.createIndex({a: 1})
            a_1
            plan = told => \
            JSON.stringify(told.queryPlanner.winningPlan).match(/[A-Z_]{4,}/g).join(' '); 'plan'
            plan
            plan(db.c.explain().count({a: 5}))
            COUNT COUNT_SCAN
            db.c.explain('executionStats').count({a: 5}, {limit: \
            1}).executionStats.executionStages.nCounted
            1
            db.c.explain().aggregate([{$match: {a: 5}}, {$out: 'd'}]); db.d.countDocuments()
            0
            plan(db.c.explain().distinct('a', {a: 5}))
            PROJECTION_COVERED DISTINCT_SCAN
            plan(db.c.explain().distinct('a', {a: 5}, {hint: {_id: 1}}))
            COLLSCAN
            plan(db.c.distinct('a', {}, {explain: false}))
            PROJECTION_COVERED DISTINCT_SCAN
            plan(db.c.explain().findOneAndUpdate({a: 5}, {$set: {b: 1}}, {returnNewDocument: true}))
            UPDATE LIMIT FETCH IXSCAN
            plan(db.c.explain().findOneAndReplace({a: 5}, {b: 1}, {sort: {a: 1}, projection: {a: \
            1}}))
            PROJECTION_SIMPLE UPDATE LIMIT FETCH IXSCAN
            plan(db.c.explain().findOneAndDelete({a: 5}, {hint: {_id: 1}}))
            DELETE LIMIT COLLSCAN
            db.c.countDocuments({b: 1})
            0
            kinds = told => ['executionStats' in told, 'allPlansExecution' in \
            (told.executionStats ?? {})]; 1
            1
            kinds(db.c.find({a: 5}).explain(true))
            [ true, true ]
            kinds(db.c.find({a: 5}).explain(false))
            [ false, false ]
            kinds(db.c.explain(true).find({a: 5}))
            [ true, true ]
            kinds(db.c.aggregate([{$match: {a: 5}}], {explain: true}))
            [ true, true ]
            kinds(db.c.find({a: 5}).readConcern('local').explain('executionStats'))
            [ true, false ]
            db.c.find().explain(1)
            MongoError: TypeMismatch (14): BSON field 'find.explain' is the wrong type 'int', \
            expected \
            type 'string' at /explain
            """;

    /** What the server answers to a command that fails. */
    private static final String ERRORS =
            """
            db.c.insertMany([{_id: 1, a: 1}, {_id: 2, a: 1}]).insertedCount + \
            db.c.createIndex({a: 1})
            2a_1
            prepared = {index: {name: 'a_1', prepareUnique: true}}; db.c.runCommand('collMod', \
            prepared).ok
            1
            uniquely = {index: {name: 'a_1', unique: true}, dryRun: true}; 1
            1
            unique = name => db[name].runCommand('collMod', uniquely); 1
            1
            unique('c')
            MongoError: CannotConvertIndexToUnique (359): Cannot convert the index to unique. \
            Please resolve \
            conflicting documents before running collMod again. { violations: [ { ids: [ 1, 2 ] } \
            ] }
            try { unique('c') } catch (e) { [e.code, e.ok, e.violations, \
            e.errorResponse.violations] }
            [ 359, 0, [ { ids: [ 1, 2 ] } ], [ { ids: [ 1, 2 ] } ] ]
            try { unique('c') } catch (e) { Object.keys(e.errorResponse) }
            [ "ok", "errmsg", "code", "codeName", "violations" ]
            db.m.insertMany(Array.from({length: 99}, (_, i) => ({_id: 'n' + i, a: 1}))); 1
            1
            db.m.createIndex({a: 1}); db.m.runCommand('collMod', prepared).ok
            1
            try { unique('m') } catch (e) { e.message.slice(-33) + ' ' + \
            e.violations[0].ids.length }
            ... (errorResponse has all of it) 99
            try { db.c.insertOne({_id: 1}) } catch (e) { [e.code, e.keyValue, \
            e.errorResponse.keyPattern] }
            [ 11000, { _id: 1 }, { _id: 1 } ]
            try { db.c.insertOne({_id: 1}) } catch (e) { Object.keys(e.errorResponse) }
            [ "ok", "errmsg", "code", "codeName", "keyPattern", "keyValue" ]
            """;

    @Test
    void cursors_do_what_they_are_asked_in_this_process() {
        ScriptAnswers.assertInThisProcess(CURSORS);
    }

    @Test
    void cursors_do_what_they_are_asked_through_a_server() {
        ScriptAnswers.assertThroughServer(CURSORS);
    }

    @Test
    void what_is_explained_is_what_runs_in_this_process() {
        ScriptAnswers.assertInThisProcess(EXPLANATIONS);
    }

    @Test
    void what_is_explained_is_what_runs_through_a_server() {
        ScriptAnswers.assertThroughServer(EXPLANATIONS);
    }

    @Test
    void errors_keep_the_whole_answer_in_this_process() {
        ScriptAnswers.assertInThisProcess(ERRORS);
    }

    @Test
    void errors_keep_the_whole_answer_through_a_server() {
        ScriptAnswers.assertThroughServer(ERRORS);
    }
}
