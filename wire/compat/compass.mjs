// What Compass asks when it connects, opens a collection, and shows how the server is: its commands, without its window.
import assert from 'node:assert/strict';
import { MongoClient } from 'mongodb';
import { Checks } from './checks.mjs';

const FIELDS = ['capped', 'count', 'size', 'storageSize', 'totalIndexSize', 'freeStorageSize', 'nindexes'];

export async function compassChecks(uri) {
    const checks = new Checks('as Compass');
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
    await client.connect();
    const db = client.db('compat_compass');
    await db.dropDatabase();
    const films = db.collection('films');
    await films.insertMany(Array.from({ length: 200 }, (_, i) => ({ _id: i, title: `Film ${i}`, year: 1950 + (i % 70) })));
    await films.createIndex({ year: 1 });
    const admin = client.db('admin');
    await connecting(checks, client, admin);
    await collections(checks, db, films);
    await performance(checks, admin);
    await db.dropDatabase();
    await client.close();
    return checks.rows;
}

async function connecting(checks, client, admin) {
    await checks.check('on connecting: who, where, what', async () => {
        const { authInfo } = await admin.command({ connectionStatus: 1, showPrivileges: true });
        assert.deepEqual(authInfo.authenticatedUserPrivileges, []);
        const host = await admin.command({ hostInfo: 1 });
        assert.ok(host.os.name && host.system.cpuArch && host.system.numCores > 0);
        assert.ok((await admin.command({ buildInfo: 1 })).version.startsWith('8.0.'));
        const { featureCompatibilityVersion } = await admin.command({ getParameter: 1, featureCompatibilityVersion: 1 });
        assert.equal(featureCompatibilityVersion.version, '8.0');
        await assert.rejects(admin.command({ atlasVersion: 1 }), { code: 59 });
        assert.equal(await admin.collection('atlascli').countDocuments({ managedClusterType: 'atlasCliLocalDevCluster' }), 0);
    });
    await checks.check('databases and collections, by names and whole', async () => {
        const { databases } = await admin.command({ listDatabases: 1, nameOnly: true });
        assert.ok(databases.some(({ name }) => name === 'compat_compass'));
        const some = await admin.command({ listDatabases: 1, filter: { name: 'compat_compass' } });
        assert.ok(some.databases.length === 1 && some.databases[0].sizeOnDisk > 0);
        const db = client.db('compat_compass');
        assert.equal((await db.listCollections({}, { nameOnly: true }).toArray()).length, 1);
        assert.equal((await db.listCollections({ name: 'films' }).toArray())[0].type, 'collection');
        const stats = await db.command({ dbStats: 1 });
        assert.ok(stats.objects === 200 && stats.indexes === 2 && stats.dataSize > 0);
    });
}

async function collections(checks, db, films) {
    await checks.check('a collection: sizes, indexes and their use, search indexes', async () => {
        const group = Object.fromEntries(FIELDS.map((field) => [field, { $first: `$storageStats.${field}` }]));
        const unscaled = { $sum: { $multiply: [{ $toDouble: '$storageStats.avgObjSize' }, { $toDouble: '$storageStats.count' }] } };
        const [stats] = await films.aggregate([
            { $collStats: { storageStats: {} } }, { $group: { _id: null, ...group, unscaled } },
            { $addFields: { avgObjSize: { $cond: { if: { $eq: ['$count', 0] }, then: 0, else: { $divide: ['$unscaled', { $toDouble: '$count' }] } } } } },
        ]).toArray();
        assert.ok(stats.count === 200 && stats.avgObjSize > 0 && stats.nindexes === 2, JSON.stringify(stats));
        const uses = await films.aggregate([{ $indexStats: {} }]).toArray();
        assert.deepEqual(uses.map(({ name }) => name).sort(), ['_id_', 'year_1']);
        assert.ok(uses[0].accesses.since instanceof Date);
        assert.deepEqual(await films.aggregate([{ $listSearchIndexes: {} }]).toArray(), []);
    });
    await checks.check('documents, counts, samples, plans', async () => {
        assert.equal((await films.find({}, { limit: 20, skip: 20, maxTimeMS: 60_000, promoteValues: false, bsonRegExp: true }).toArray()).length, 20);
        assert.equal(await films.countDocuments({}, { hint: '_id_', maxTimeMS: 5_000 }), 200);
        const sample = [{ $match: {} }, { $sample: { size: 100 } }, { $project: { title: 1 } }];
        assert.equal((await films.aggregate(sample, { allowDiskUse: true, maxTimeMS: 10_000 }).toArray()).length, 100);
        for (const verbosity of ['queryPlanner', 'executionStats', 'allPlansExecution']) {
            assert.ok((await films.find({ year: 1960 }).explain(verbosity)).queryPlanner.winningPlan, verbosity);
            assert.ok(await films.aggregate([{ $match: { year: 1960 } }]).explain(verbosity), verbosity);
        }
    });
    await checks.check('rules for documents, views, a document edited', async () => {
        await db.command({ collMod: 'films', validator: { year: { $gte: 1900 } }, validationAction: 'error', validationLevel: 'strict' });
        const [{ options }] = await db.listCollections({ name: 'films' }).toArray();
        assert.deepEqual(options.validator, { year: { $gte: 1900 } });
        await db.createCollection('old', { viewOn: 'films', pipeline: [{ $match: { year: { $lt: 1955 } } }] });
        assert.ok(await db.collection('old').countDocuments({}) > 0);
        const edited = await films.findOneAndUpdate({ _id: 1, title: 'Film 1' }, { $set: { title: 'Other' } }, { returnDocument: 'after' });
        assert.equal(edited.title, 'Other');
    });
}

async function performance(checks, admin) {
    await checks.check('performance: serverStatus, top, currentOp', async () => {
        const status = await admin.command({ serverStatus: 1 });
        for (const section of ['opcounters', 'connections', 'network', 'mem', 'globalLock']) {
            assert.equal(typeof status[section], 'object', section);
        }
        const { totals } = await admin.command({ top: 1 });
        const { total, readLock, writeLock, queries } = totals['compat_compass.films'];
        assert.ok(total.count >= readLock.count + writeLock.count && queries.count > 0);
        assert.ok((await admin.command({ currentOp: 1, $all: true })).inprog.length > 0);
        assert.ok((await admin.aggregate([{ $currentOp: { allUsers: true, idleConnections: false } }]).toArray()).length > 0);
    });
    await checks.check('the set: status, configuration, users, defaults', async () => {
        const { members, set } = await admin.command({ replSetGetStatus: 1 });
        const { config } = await admin.command({ replSetGetConfig: 1 });
        assert.ok(members.length === 1 && members[0].stateStr === 'PRIMARY');
        assert.ok(config._id === set && config.members[0].host === members[0].name);
        assert.deepEqual((await admin.command({ usersInfo: 1 })).users, []);
        assert.equal((await admin.command({ getDefaultRWConcern: 1 })).defaultReadConcern.level, 'local');
        await assert.rejects(admin.command({ replSetInitiate: {} }), { code: 23 });
    });
}
