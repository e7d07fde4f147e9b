package io.smilodon.shell;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What helpers are given: passed on or refused, and never ignored. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShellArgumentsTest {

    /** Which indexes are dropped. */
    private static final String INDEXES =
            """
            names = () => db.c.getIndexes().map(index => index.name).join(' '); 'names'
            names
            db.c.createIndexes([{a: 1}, {b: 1}, {a: 1, b: -1}, {c: 'hashed'}], {}, 'majority')
            [ "a_1", "b_1", "a_1_b_-1", "c_hashed" ]
            db.c.dropIndexes('a_1').nIndexesWas + ': ' + names()
            5: _id_ b_1 a_1_b_-1 c_hashed
            db.c.dropIndexes(['b_1', 'c_hashed']).ok + ': ' + names()
            1: _id_ a_1_b_-1
            db.c.dropIndexes({a: 1}) + names()
            MongoError: IndexNotFound (27): can't find index with key {key: { a: 1 }}
            db.c.dropIndexes({a: 1, b: -1}).ok + ': ' + names()
            1: _id_
            db.c.createIndex({a: 1}, {sparse: true, name: 'thin', comment: 'why', commitQuorum: 1})
            thin
            db.c.createIndex({a: 1}, {writeConcern: {w: 1}})
            a_1
            try { db.c.dropIndex({a: 1}) } catch (e) { e.code + ' ' + e.codeName + ', ' + names() }
            181 AmbiguousIndexKeyPattern, _id_ thin a_1
            db.c.dropIndex('*') + names()
            TypeError: dropIndex drops one index, by its name or its key; dropIndexes() drops more
            db.c.dropIndex(['a_1']) + names()
            TypeError: dropIndex drops one index, by its name or its key; dropIndexes() drops more
            db.c.dropIndex() + names()
            TypeError: dropIndex drops one index, by its name or its key; dropIndexes() drops more
            db.c.dropIndexes('thin', 'a_1') + names()
            TypeError: dropIndexes takes one argument at most, not 2
            names()
            _id_ thin a_1
            db.c.dropIndexes().ok + ': ' + names()
            1: _id_
            db.c.createIndex({a: 1}); db.c.dropIndexes('*').ok + ': ' + names()
            1: _id_
            db.c.createIndex({a: 2})
            a_2
            db.c.getIndexKeys()
            [ { _id: 1 }, { a: 1 } ]
            db.c.createIndex({b: 1}, {unick: true})
            MongoError: InvalidIndexSpecificationOption (197): The field is not valid for an index \
            specification {expected: [collation, expireAfterSeconds, hidden, key, name, \
            partialFilterExpression, prepareUnique, sparse, storageEngine, unique, v], \
            field: unick} at /indexes/0/unick
            """;

    /** Options, concerns and what is too many. */
    private static final String ARGUMENTS =
            """
            code = run => { try { return run(); } catch (failure) { return failure.code; } }; 'code'
            code
            db.c.insert([{_id: 1, a: 5}, {_id: 2, a: 5}, {_id: 3, a: 7}], {ordered: \
            false}).insertedCount
            3
            db.c.find({}, {}, 5)
            TypeError: options is a document, not 5
            db.c.update({}, {$set: {b: 1}}, true)
            TypeError: options is a document, not true
            db.c.update({}, {$set: {b: 1}}, true, true)
            TypeError: update takes 3 arguments at most, not 4
            db.c.aggregate([], 5)
            TypeError: options is a document, not 5
            db.c.getIndexes(1)
            TypeError: getIndexes takes no argument, not 1
            db.c.validate(1)
            TypeError: options is a document, not 1
            db.c.runCommand({ping: 1}, {comment: 'x'})
            TypeError: options belong into the command itself
            db.hello({})
            TypeError: hello takes no argument, not 1
            db.getMongo().getDB('a', 'b')
            TypeError: getDB takes one argument at most, not 2
            db.c.remove({}, {justOne: true, hint: 'nope'})
            MongoError: BadValue (2): hint provided does not correspond to an existing index \
            {hint: nope}
            db.c.countDocuments()
            3
            db.c.count({a: 5}, {limit: 1})
            1
            db.c.count({a: 5}, {limits: 1})
            MongoError: Location40415 (40415): BSON field 'count.limits' is an unknown field. at \
            /limits; \
            did you mean limit?
            db.c.estimatedDocumentCount({maxTimeMS: -1})
            MongoError: BadValue (2): maxTimeMS is out of range [0,2147483647] {actual: -1} at \
            /maxTimeMS
            db.c.estimatedDocumentCount({maxTimeMS: 1000})
            3
            db.createView('v', 'c', [{$match: {a: 5}}]).ok + db.v.estimatedDocumentCount()
            3
            code(() => db.c.save({_id: 4, a: 9}, {writeConcern: {w: 9}}))
            100
            code(() => db.dropUser('ann', {w: 9}))
            100
            db.dropAllRoles({w: 1}).n
            0
            db.stats({scale: 1024, freeStorage: 1}).freeStorageSize
            0
            db.serverStatus({repl: 0}).ok
            1
            code(() => db.c.drop({writeConcern: {w: 9}}))
            100
            [db.c.drop({writeConcern: {w: 1}}), db.c.drop(), db.c.exists()]
            [ true, false, null ]
            EJSON.stringify({a: 1}, null, 1) === '{\\n "a": {\\n  "$numberInt": "1"\\n }\\n}'
            true
            EJSON.stringify({a: 1}, null, 1, {relaxed: true})
            TypeError: Extended JSON is canonical here, which keeps every type
            EJSON.stringify({a: 1}, {relaxed: true})
            TypeError: Extended JSON is canonical here, which keeps every type
            s = db.getMongo().startSession({causalConsistency: true, snapshot: true})
            TypeError: no session has the option snapshot
            s = db.getMongo().startSession({writeConcern: {w: 9}}); code(() => s.startTransaction())
            100
            s.startTransaction({readConcern: {level: 'linearizable'}, writeConcern: {w: 1}})
            TypeError: the readConcern of a transaction is a level: local, majority or snapshot
            s.startTransaction({readPreference: 'secondary', writeConcern: {w: 1}})
            TypeError: a transaction reads from the primary
            s.startTransaction({readConcern: {level: 'majority'}, writeConcern: {w: 1}})

            s.getDatabase('test').x.insertOne({_id: 1}); s.commitTransaction(); db.x.findOne()
            { _id: 1 }
            s.endSession(); s.hasEnded()
            true
            code(() => db.dropDatabase({w: 9}))
            100
            db.dropDatabase({w: 'majority'})
            { dropped: "test", ok: 1 }
            """;

    @Test
    void indexes_are_dropped_as_asked_in_this_process() {
        ScriptAnswers.assertInThisProcess(INDEXES);
    }

    @Test
    void indexes_are_dropped_as_asked_through_a_server() {
        ScriptAnswers.assertThroughServer(INDEXES);
    }

    @Test
    void no_argument_is_ignored_in_this_process() {
        ScriptAnswers.assertInThisProcess(ARGUMENTS);
    }

    @Test
    void no_argument_is_ignored_through_a_server() {
        ScriptAnswers.assertThroughServer(ARGUMENTS);
    }
}
