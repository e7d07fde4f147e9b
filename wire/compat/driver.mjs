// The official driver for Node: what programs do with it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
    Binary, BSON, Decimal128, Double, GridFSBucket, Int32, Long, MaxKey, MinKey, MongoBulkWriteError,
    MongoClient, MongoServerError, ObjectId, Timestamp,
} from 'mongodb';
import { Checks } from './checks.mjs';

const LONDON = [-0.1276, 51.5072];
const CITIES = [
    { _id: 'London', place: { type: 'Point', coordinates: LONDON } },
    { _id: 'Paris', place: { type: 'Point', coordinates: [2.3522, 48.8566] } },
    { _id: 'Rome', place: { type: 'Point', coordinates: [12.4964, 41.9028] } },
];

export async function driverChecks(uri) {
    const checks = new Checks('mongodb');
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
    await checks.check('connect to the replica set', () => client.connect());
    const db = client.db('compat_driver');
    await db.dropDatabase();
    const context = { checks, client, db, uri };
    await documents(context);
    await values(context);
    await indexes(context);
    await pipelines(context);
    await searches(context);
    await sessions(context);
    await streams(context);
    await administration(context);
    await db.dropDatabase();
    await client.close();
    return checks.rows;
}

const numbered = (count) => Array.from({ length: count }, (_, i) => ({ _id: i, n: i, even: i % 2 === 0 }));

async function documents({ checks, client, db, uri }) {
    const people = db.collection('people');
    await checks.check('insert, find, update, replace, delete', async () => {
        assert.equal((await people.insertMany(numbered(10))).insertedCount, 10);
        assert.equal((await people.updateOne({ _id: 3 }, { $set: { name: 'x' } })).modifiedCount, 1);
        assert.equal((await people.updateMany({ even: true }, { $inc: { n: 1 } })).modifiedCount, 5);
        assert.equal((await people.replaceOne({ _id: 4 }, { n: 0 })).modifiedCount, 1);
        assert.deepEqual(await people.findOne({ _id: 3 }), { _id: 3, n: 3, even: false, name: 'x' });
        assert.equal((await people.deleteMany({ n: { $gt: 5 } })).deletedCount, 4);
        assert.equal(await people.countDocuments({}), 6);
        assert.equal(await people.estimatedDocumentCount(), 6);
        assert.deepEqual(await people.distinct('even'), [false, true]);
    });
    await checks.check('upsert, findOneAndUpdate, findOneAndDelete, arrayFilters', async () => {
        const upserted = await people.updateOne({ _id: 100 }, { $setOnInsert: { grades: [1, 5, 9] } }, { upsert: true });
        assert.equal(upserted.upsertedId, 100);
        const found = await people.findOneAndUpdate(
            { _id: 100 }, { $set: { 'grades.$[high]': 0 } },
            { arrayFilters: [{ high: { $gt: 4 } }], returnDocument: 'after' });
        assert.deepEqual(found.grades, [1, 0, 0]);
        assert.equal((await people.findOneAndDelete({ _id: 100 }))._id, 100);
    });
    await checks.check('cursors over many batches, sort, skip, limit, projection', async () => {
        const many = db.collection('many');
        await many.insertMany(numbered(1000));
        const found = await many.find({}, { batchSize: 7 }).sort({ _id: -1 }).project({ n: 1, _id: 0 }).toArray();
        assert.equal(found.length, 1000);
        assert.deepEqual(found[0], { n: 999 });
        const some = await many.find().sort({ n: 1 }).skip(10).limit(5).toArray();
        assert.deepEqual(some.map((one) => one._id), [10, 11, 12, 13, 14]);
        const cursor = many.find({}, { batchSize: 2 });
        await cursor.next();
        await cursor.close();
    });
    await checks.check('bulkWrite of a collection', async () => {
        const result = await people.bulkWrite([
            { insertOne: { document: { _id: 'b' } } },
            { updateOne: { filter: { _id: 'b' }, update: { $set: { n: 1 } } } },
            { replaceOne: { filter: { _id: 'c' }, replacement: { n: 2 }, upsert: true } },
            { deleteOne: { filter: { _id: 'b' } } },
        ]);
        assert.deepEqual(
            [result.insertedCount, result.modifiedCount, result.upsertedCount, result.deletedCount], [1, 1, 1, 1]);
    });
    await checks.check('bulkWrite of the client, over two collections', async () => {
        const result = await client.bulkWrite([
            { namespace: 'compat_driver.one', name: 'insertOne', document: { _id: 1 } },
            { namespace: 'compat_driver.two', name: 'insertOne', document: { _id: 1 } },
            { namespace: 'compat_driver.one', name: 'updateOne', filter: { _id: 1 }, update: { $set: { n: 1 } } },
        ], { verboseResults: true });
        assert.equal(result.insertedCount, 2);
        assert.equal(result.updateResults.get(2).modifiedCount, 1);
    });
    await checks.check('100,000 documents in one insertMany', async () => {
        const result = await db.collection('bulk').insertMany(numbered(100_000), { ordered: false });
        assert.equal(result.insertedCount, 100_000);
        await db.collection('bulk').drop();
    });
    await checks.check('errors: duplicate key, bulk, unknown operator and command', async () => {
        await assert.rejects(people.insertOne({ _id: 1 }), (error) =>
            error instanceof MongoServerError && error.code === 11000 && error.keyValue._id === 1);
        await assert.rejects(people.insertMany([{ _id: 'e' }, { _id: 1 }, { _id: 'f' }], { ordered: false }), (error) =>
            error instanceof MongoBulkWriteError && error.insertedCount === 2 && error.writeErrors[0].index === 1);
        await assert.rejects(people.findOne({ n: { $nothing: 1 } }), { code: 2, codeName: 'BadValue' });
        await assert.rejects(db.command({ nothing: 1 }), { code: 59, codeName: 'CommandNotFound' });
    });
    await checks.check('unacknowledged writes, read and write concerns, compression, stable API', async () => {
        await db.collection('silent').insertOne({ _id: 1 }, { writeConcern: { w: 0 } });
        await db.collection('loud').insertOne({ _id: 1 }, { writeConcern: { w: 'majority', j: true } });
        const other = new MongoClient(uri, {
            compressors: ['snappy', 'zlib'], readConcernLevel: 'majority', readPreference: 'nearest',
            serverApi: { version: '1', strict: false },
        });
        try {
            const loud = other.db('compat_driver').collection('loud');
            assert.equal((await loud.find().toArray()).length, 1);
        } finally {
            await other.close();
        }
    });
    await checks.check('1,000 change streams wait on 1,000 connections, and all see the event', async () => {
        const other = new MongoClient(uri, { maxPoolSize: 1010, maxConnecting: 20 });
        try {
            let open = 0;
            other.on('connectionCreated', () => open++);
            const watched = other.db('compat_driver').collection('crowd');
            await watched.insertOne({ _id: 0 });
            const streams = Array.from({ length: 1000 }, () => watched.watch([], { maxAwaitTimeMS: 30_000 }));
            const events = streams.map((stream) => stream.next());
            while (open < 1000) {
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            await watched.insertOne({ _id: 1 });
            const seen = await Promise.all(events);
            assert.ok(seen.every((event) => event.documentKey._id === 1));
            await Promise.all(streams.map((stream) => stream.close()));
        } finally {
            await other.close();
        }
    });
    await checks.check('the driver watches the server in a stream', async () => {
        const other = new MongoClient(uri, { heartbeatFrequencyMS: 500, serverMonitoringMode: 'stream' });
        let awaited = 0;
        other.on('serverHeartbeatSucceeded', (event) => { awaited += event.awaited ? 1 : 0; });
        try {
            await other.connect();
            await new Promise((resolve) => setTimeout(resolve, 2_500));
            assert.ok(awaited >= 3 && awaited <= 8, `${awaited} in 2.5 s`);
        } finally {
            await other.close();
        }
    });
    await checks.check('credentials are refused', async () => {
        const other = new MongoClient(uri.replace('mongodb://', 'mongodb://user:secret@'), { serverSelectionTimeoutMS: 5000 });
        await assert.rejects(other.connect(), { code: 18 });
        await other.close();
    });
}

async function values({ checks, db }) {
    await checks.check('every BSON type comes back as it was', async () => {
        const all = {
            _id: new ObjectId(), double: new Double(1.5), whole: new Double(2), text: 'ä\u0000b𝄞', document: { a: { b: [] } }, list: [1, 'a', null],
            binary: new Binary(Buffer.from([1, 2, 3]), 0x80), old: new Binary(Buffer.from([1, 2]), 2), flag: true, date: new Date(-1), nothing: null,
            regex: /a.b/i, code: new BSON.Code('f()'), scoped: new BSON.Code('f(a)', { a: 1 }), symbol: new BSON.BSONSymbol('s'),
            int: new Int32(7), stamp: new Timestamp({ t: 5, i: 6 }), long: Long.fromString('9007199254740993'),
            decimal: Decimal128.fromString('1.500E+10'), nan: new Double(NaN), minus: new Double(-0), min: new MinKey(), max: new MaxKey(),
        };
        const exact = { promoteValues: false };
        await db.collection('types').insertOne(all);
        const found = await db.collection('types').findOne({ _id: all._id }, exact);
        assert.equal(BSON.EJSON.stringify(found, { relaxed: false }), BSON.EJSON.stringify(all, { relaxed: false }));
    });
    await checks.check('a document of almost 16 MiB, and one too large', async () => {
        const large = db.collection('large');
        await large.insertOne({ _id: 1, text: 'x'.repeat((16 << 20) - 100) });
        assert.equal((await large.findOne({ _id: 1 })).text.length, (16 << 20) - 100);
        await assert.rejects(large.insertOne({ _id: 2, text: 'x'.repeat(16 << 20) }));
        await large.drop();
    });
}

async function indexes({ checks, db }) {
    const goods = db.collection('goods');
    await checks.check('indexes: compound, unique, partial, sparse, TTL, hidden, wildcard, hashed, collation', async () => {
        await goods.createIndex({ a: 1, b: -1 });
        await goods.createIndex({ sku: 1 }, { unique: true, partialFilterExpression: { sku: { $exists: true } } });
        await goods.createIndex({ rare: 1 }, { sparse: true, hidden: true });
        await goods.createIndex({ seen: 1 }, { expireAfterSeconds: 3600 });
        await goods.createIndexes([{ key: { 'more.$**': 1 } }, { key: { h: 'hashed' } }]);
        await goods.createIndex({ name: 1 }, { collation: { locale: 'en', strength: 2 } });
        const listed = await goods.listIndexes().toArray();
        assert.equal(listed.length, 8);
        assert.equal(listed.find((index) => index.name === 'seen_1').expireAfterSeconds, 3600);
        await goods.insertMany([{ sku: 1, a: 1 }, { a: 2 }, { a: 3 }, { name: 'Lamp' }]);
        await assert.rejects(goods.insertOne({ sku: 1 }), { code: 11000 });
        assert.equal(await goods.countDocuments({ name: 'lamp' }, { collation: { locale: 'en', strength: 2 } }), 1);
        const plan = await goods.find({ a: 2 }).explain('executionStats');
        assert.equal(plan.executionStats.nReturned, 1);
        assert.match(JSON.stringify(plan.queryPlanner.winningPlan), /IXSCAN/);
        await goods.dropIndex('a_1_b_-1');
        assert.equal((await goods.indexes()).length, 7);
    });
}

async function pipelines({ checks, db }) {
    const sales = db.collection('sales');
    await checks.check('aggregate: group, unwind, lookup, facet, window, out, merge', async () => {
        await sales.insertMany([
            { _id: 1, item: 'a', tags: ['x', 'y'], sum: 5 }, { _id: 2, item: 'b', tags: ['y'], sum: 7 }, { _id: 3, item: 'a', tags: [], sum: 9 },
        ]);
        await db.collection('items').insertOne({ _id: 'a', name: 'Apple' });
        const grouped = await sales.aggregate([
            { $group: { _id: '$item', sum: { $sum: '$sum' } } },
            { $lookup: { from: 'items', localField: '_id', foreignField: '_id', as: 'item' } },
            { $sort: { _id: 1 } },
        ]).toArray();
        assert.deepEqual(grouped, [{ _id: 'a', sum: 14, item: [{ _id: 'a', name: 'Apple' }] }, { _id: 'b', sum: 7, item: [] }]);
        const [facets] = await sales.aggregate([{ $facet: {
            tags: [{ $unwind: '$tags' }, { $sortByCount: '$tags' }], total: [{ $count: 'n' }],
        } }]).toArray();
        assert.deepEqual(facets, { tags: [{ _id: 'y', count: 2 }, { _id: 'x', count: 1 }], total: [{ n: 3 }] });
        const running = await sales.aggregate([
            { $setWindowFields: { sortBy: { _id: 1 }, output: { so: { $sum: '$sum', window: { documents: ['unbounded', 'current'] } } } } },
        ]).toArray();
        assert.deepEqual(running.map((one) => one.so), [5, 12, 21]);
        await sales.aggregate([{ $out: 'copied' }]).toArray();
        await sales.aggregate([{ $set: { seen: true } }, { $merge: { into: 'copied' } }]).toArray();
        assert.equal(await db.collection('copied').countDocuments({ seen: true }), 3);
    });
    await checks.check('aggregate of a database: $documents, $currentOp by admin', async () => {
        assert.deepEqual(await db.aggregate([{ $documents: [{ n: 1 }] }]).toArray(), [{ n: 1 }]);
    });
}

async function searches({ checks, db }) {
    const texts = db.collection('texts');
    await texts.insertMany([
        { _id: 1, body: 'The quick brown fox' }, { _id: 2, body: 'A lazy dog' }, { _id: 3, body: 'Foxes and dogs' },
    ]);
    await checks.check('$text with scores', async () => {
        await texts.createIndex({ body: 'text' }, { weights: { body: 2 }, default_language: 'english' });
        const found = await texts.find({ $text: { $search: 'fox -quick' } })
            .project({ score: { $meta: 'textScore' } }).sort({ score: { $meta: 'textScore' } }).toArray();
        assert.deepEqual(found.map((one) => one._id), [3]);
        assert.ok(found[0].score > 0);
    });
    await checks.check('2dsphere: $near, $geoWithin, $geoIntersects, $geoNear', async () => {
        const cities = db.collection('cities');
        await cities.insertMany(CITIES);
        await cities.createIndex({ place: '2dsphere' });
        const $geometry = { type: 'Point', coordinates: LONDON };
        const near = await cities.find({ place: { $near: { $geometry, $maxDistance: 500_000 } } }).toArray();
        assert.deepEqual(near.map((city) => city._id), ['London', 'Paris']);
        const within = await cities.find({ place: { $geoWithin: { $centerSphere: [LONDON, 500 / 6378.1] } } }).toArray();
        assert.equal(within.length, 2);
        const box = { type: 'Polygon', coordinates: [[[0, 45], [5, 45], [5, 50], [0, 50], [0, 45]]] };
        assert.deepEqual(
            (await cities.find({ place: { $geoIntersects: { $geometry: box } } }).toArray()).map((city) => city._id), ['Paris']);
        const [first] = await cities.aggregate([
            { $geoNear: { near: $geometry, distanceField: 'metres', spherical: true, query: { _id: { $ne: 'London' } } } },
        ]).toArray();
        assert.ok(Math.abs(first.metres - 343_900) < 1_500, `${first.metres}`);
    });
    await checks.check('$search: createSearchIndex, list, text, update, drop', async () => {
        await texts.createSearchIndex({ name: 'default', definition: { mappings: { dynamic: true } } });
        const [index] = await texts.listSearchIndexes('default').toArray();
        assert.equal(index.name, 'default');
        const found = await texts.aggregate([
            { $search: { text: { query: 'lazy', path: 'body' } } }, { $set: { score: { $meta: 'searchScore' } } },
        ]).toArray();
        assert.deepEqual(found.map((one) => one._id), [2]);
        await texts.updateSearchIndex('default', { mappings: { dynamic: false } });
        await texts.dropSearchIndex('default');
    });
}

async function sessions({ checks, client, db, uri }) {
    const accounts = db.collection('accounts');
    await accounts.insertMany([{ _id: 'a', sum: 10 }, { _id: 'b', sum: 0 }]);
    await checks.check('transactions: commit, abort, isolation', async () => {
        await client.withSession(async (session) => {
            session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
            await accounts.updateOne({ _id: 'a' }, { $inc: { sum: -4 } }, { session });
            await accounts.updateOne({ _id: 'b' }, { $inc: { sum: 4 } }, { session });
            assert.equal((await accounts.findOne({ _id: 'b' })).sum, 0);
            await session.commitTransaction();
            assert.equal((await accounts.findOne({ _id: 'b' })).sum, 4);
            session.startTransaction();
            await accounts.deleteMany({}, { session });
            await session.abortTransaction();
            assert.equal(await accounts.countDocuments({}), 2);
        });
    });
    await checks.check('withTransaction runs again after a conflict', async () => {
        await client.withSession(async (session) => {
            let runs = 0;
            await session.withTransaction(async () => {
                await accounts.findOne({ _id: 'a' }, { session });
                if (runs++ === 0) {
                    await accounts.updateOne({ _id: 'a' }, { $inc: { sum: 1 } });
                }
                await accounts.updateOne({ _id: 'a' }, { $inc: { sum: 1 } }, { session });
            });
            assert.equal(runs, 2);
        });
    });
    await checks.check('a commit waits for the statement that is at work', async () => {
        await db.collection('wide').insertMany(numbered(700));
        const join = { $lookup: { from: 'wide', pipeline: [], as: 'all' } };
        await client.withSession(async (session) => {
            session.startTransaction();
            await accounts.updateOne({ _id: 'b' }, { $inc: { sum: 1 } }, { session });
            const slow = db.collection('wide').aggregate([join, { $unwind: '$all' }, { $count: 'n' }], { session }).toArray();
            await session.commitTransaction();
            assert.deepEqual(await slow, [{ n: 490_000 }]);
            assert.equal((await accounts.findOne({ _id: 'b' })).sum, 5);
        });
    });
    await checks.check('writes under numbers of a session: sent again, by statements, misused', async () => {
        const own = new MongoClient(uri); // whose sessions nobody else goes on with
        try {
            await own.withSession(async (session) => {
                const run = (command, number) =>
                    own.db('compat_driver').command({ ...command, txnNumber: Long.fromNumber(number) }, { session });
                const add = { findAndModify: 'accounts', query: { _id: 'b' }, update: { $inc: { sum: 1 } }, new: true };
                assert.deepEqual((await run(add, 1)).value, (await run(add, 1)).value);
                await assert.rejects(run({ ...add, new: false }, 1), { code: 40612 });
                assert.equal((await run({ delete: 'wide', deletes: [{ q: { _id: 0 }, limit: 1 }] }, 2)).n, 1);
                await assert.rejects(run(add, 2), { code: 40606 });
                const insert = (documents, stmtIds) => run({ insert: 'wide', documents, stmtIds }, 3);
                await insert([{ _id: 'x' }, { _id: 'y' }], [4, 5]);
                assert.equal((await insert([{ _id: 'y' }, { _id: 'z' }], [5, 6])).n, 2);
                await run({ ...add, autocommit: false, startTransaction: true }, 4);
                await assert.rejects(run(add, 4), { code: 217 });
                await assert.rejects(run(add, 3), { code: 225 });
            });
        } finally {
            await own.close();
        }
    });
    await checks.check('sessions of causal consistency and of snapshots', async () => {
        await client.withSession({ causalConsistency: true }, async (session) => {
            await accounts.insertOne({ _id: 'c', sum: 1 }, { session });
            assert.equal((await accounts.findOne({ _id: 'c' }, { session })).sum, 1);
        });
        await client.withSession({ snapshot: true }, async (session) => {
            const before = await accounts.countDocuments({}, { session });
            await accounts.insertOne({ _id: 'd', sum: 1 });
            assert.equal(await accounts.countDocuments({}, { session }), before);
            assert.equal(await accounts.countDocuments({}), before + 1);
        });
    });
}

async function streams({ checks, db }) {
    await checks.check('change stream: events, fullDocument, resume', async () => {
        const watched = db.collection('watched');
        await watched.insertOne({ _id: 0 });
        const stream = watched.watch([{ $match: { operationType: { $ne: 'delete' } } }], { fullDocument: 'updateLookup' });
        const first = stream.next(); // opens it
        await new Promise((resolve) => setTimeout(resolve, 200));
        await watched.insertOne({ _id: 1 });
        assert.deepEqual((await first).fullDocument, { _id: 1 });
        await watched.updateOne({ _id: 1 }, { $set: { n: 2 } });
        const changed = await stream.next();
        assert.deepEqual(changed.updateDescription.updatedFields, { n: 2 });
        assert.deepEqual(changed.fullDocument, { _id: 1, n: 2 });
        await stream.close();
        await watched.insertOne({ _id: 2 });
        const resumed = watched.watch([], { resumeAfter: changed._id });
        assert.equal((await resumed.next()).documentKey._id, 2);
        await resumed.close();
    });
    await checks.check('tailable cursor of a capped collection', async () => {
        const log = await db.createCollection('log', { capped: true, size: 10_000 });
        await log.insertOne({ _id: 1 });
        const cursor = log.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 500 });
        assert.equal((await cursor.next())._id, 1);
        const next = cursor.next();
        await log.insertOne({ _id: 2 });
        assert.equal((await next)._id, 2);
        await cursor.close();
    });
    await checks.check('GridFS: 5 MB up, down, a range, find, delete', async () => {
        const bucket = new GridFSBucket(db, { chunkSizeBytes: 100_000 });
        const bytes = Buffer.from(Array.from({ length: 5_000_000 }, (_, i) => (i * 31) & 0xff));
        const upload = bucket.openUploadStream('file.bin', { metadata: { kind: 'test' } });
        upload.end(bytes);
        await once(upload, 'finish');
        assert.ok(bytes.equals(await read(bucket.openDownloadStreamByName('file.bin'))));
        assert.ok(bytes.subarray(99_990, 200_010).equals(await read(bucket.openDownloadStream(upload.id, { start: 99_990, end: 200_010 }))));
        const [file] = await bucket.find({ 'metadata.kind': 'test' }).toArray();
        assert.equal(Number(file.length), bytes.length);
        await bucket.delete(upload.id);
        assert.equal(await db.collection('fs.chunks').countDocuments({}), 0);
    });
}

async function read(stream) {
    const parts = [];
    for await (const part of stream) {
        parts.push(part);
    }
    return Buffer.concat(parts);
}

async function administration({ checks, client, db }) {
    await checks.check('collections: validator, view, rename, stats, list, drop', async () => {
        await db.createCollection('strict', { validator: { $jsonSchema: { required: ['n'] } } });
        await assert.rejects(db.collection('strict').insertOne({}), { code: 121 });
        await db.command({ collMod: 'strict', validationLevel: 'off' });
        await db.collection('strict').insertOne({ _id: 1 });
        await db.createCollection('seen', { viewOn: 'strict', pipeline: [{ $set: { v: 1 } }] });
        assert.deepEqual(await db.collection('seen').find().toArray(), [{ _id: 1, v: 1 }]);
        await db.collection('strict').rename('loose');
        const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map((one) => one.name);
        assert.ok(names.includes('loose') && !names.includes('strict'));
        assert.equal((await db.stats()).db, 'compat_driver');
        const [stats] = await db.collection('loose').aggregate([{ $collStats: { storageStats: {}, count: {} } }]).toArray();
        assert.equal(stats.count, 1);
        assert.equal(await db.collection('loose').drop(), true);
    });
    await checks.check('collections are told by their UUIDs', async () => {
        await db.createCollection('first');
        await db.createCollection('second');
        const [{ info }] = await db.listCollections({ name: 'first' }).toArray();
        assert.equal((await db.command({ insert: 'first', documents: [{}], collectionUUID: info.uuid })).n, 1);
        await assert.rejects(db.command({ drop: 'second', collectionUUID: info.uuid }), (error) =>
            error.code === 361 && error.errorResponse.actualCollection === 'first' && error.errorResponse.expectedCollection === 'second');
    });
    await checks.check('server: ping, buildInfo, serverStatus, listDatabases, hostInfo, currentOp', async () => {
        const admin = client.db('admin').admin();
        assert.equal((await admin.ping()).ok, 1);
        assert.match((await admin.buildInfo()).version, /^8\.0\./);
        assert.equal(typeof (await admin.serverStatus()).uptime, 'number');
        assert.ok((await admin.listDatabases()).databases.some((one) => one.name === 'compat_driver'));
        assert.ok((await admin.command({ hostInfo: 1 })).system);
        assert.ok((await admin.command({ currentOp: 1 })).inprog);
    });
}
