// Users: each client logs in to a server that asks for it, and does what its roles allow.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { Checks } from './checks.mjs';
import { configureShell } from './shell.mjs';
import { springChecks } from './spring.mjs';

const MONGOSH = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/.bin/mongosh');
const AUTHENTICATION_FAILED = { code: 18 };
const UNAUTHORIZED = { code: 13 };
const PASSWORD = 'p@ss:w/ord,=';

/** What is checked with the URI of a user who may do everything. */
export async function loginChecks(uri) {
    const admin = await new MongoClient(uri).connect();
    await admin.db('compat_shop').command({ dropAllUsersFromDatabase: 1 });
    await admin.db('compat_shop').command({
        createUser: 'clerk', pwd: PASSWORD, roles: [{ role: 'readWrite', db: 'compat_shop' }] });
    const rows = [
        ...(await driver(uri, admin)),
        ...(await mongooseLogin(uri)),
        ...(await shell(uri)),
        ...(await springChecks(uri)).map((row) => ({ ...row, client: `${row.client}, logged in` })),
    ];
    await admin.db('compat_shop').dropDatabase();
    await admin.close();
    return rows;
}

/** The same server for another user. */
function uriOf(uri, user, password, options = '') {
    const { host } = new URL(uri);
    const secret = encodeURIComponent(password);
    return `mongodb://${user}:${secret}@${host}/?authSource=compat_shop&serverSelectionTimeoutMS=5000${options}`;
}

async function within(uri, work) {
    const client = new MongoClient(uri);
    try {
        return await work(client);
    } finally {
        await client.close();
    }
}

async function driver(uri, admin) {
    const checks = new Checks('mongodb, logged in');
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-1']) {
        await checks.check(`log in by ${mechanism}`, () => within(
            uriOf(uri, 'clerk', PASSWORD, `&authMechanism=${mechanism}`),
            async (client) => {
                const { authInfo } = await client.db('compat_shop').command({ connectionStatus: 1 });
                assert.deepEqual(authInfo.authenticatedUsers, [{ user: 'clerk', db: 'compat_shop' }]);
            }));
    }
    await checks.check('wrong passwords and unknown users', async () => {
        for (const [user, password] of [['clerk', 'guess'], ['nobody', PASSWORD]]) {
            await assert.rejects(within(uriOf(uri, user, password), (client) => client.connect()), AUTHENTICATION_FAILED);
        }
    });
    await checks.check('nothing without a login', async () => {
        const { host } = new URL(uri);
        await within(`mongodb://${host}/`, async (client) => {
            await client.db('compat_shop').command({ ping: 1 });
            await assert.rejects(client.db('compat_shop').collection('items').findOne(), UNAUTHORIZED);
        });
    });
    await checks.check('what roles allow, and nothing else', () => within(uriOf(uri, 'clerk', PASSWORD), roles));
    await checks.check('a role that is taken away', () => within(uriOf(uri, 'clerk', PASSWORD), async (client) => {
        const items = client.db('compat_shop').collection('items');
        await items.insertOne({});
        await admin.db('compat_shop').command({ revokeRolesFromUser: 'clerk', roles: ['readWrite'] });
        await assert.rejects(items.insertOne({}), UNAUTHORIZED);
        await admin.db('compat_shop').command({ grantRolesToUser: 'clerk', roles: ['readWrite'] });
        await items.insertOne({});
    }));
    return checks.rows;
}

async function roles(client) {
    const shop = client.db('compat_shop');
    const session = client.startSession();
    await session.withTransaction(async () => {
        await shop.collection('items').insertOne({ n: 1 }, { session });
        await shop.collection('items').updateOne({ n: 1 }, { $inc: { n: 1 } }, { session });
    });
    await session.endSession();
    assert.ok((await shop.collection('items').countDocuments({ n: 2 })) > 0);
    await assert.rejects(client.db('compat_other').collection('items').insertOne({}), UNAUTHORIZED);
    await assert.rejects(client.db('compat_other').collection('items').findOne(), UNAUTHORIZED);
    await assert.rejects(client.db('admin').collection('system.users').findOne(), UNAUTHORIZED);
    await assert.rejects(
        shop.collection('items').aggregate([{ $out: { db: 'compat_other', coll: 'items' } }]).toArray(), UNAUTHORIZED);
    await assert.rejects(
        shop.command({ createUser: 'x', pwd: 'y', roles: [] }), UNAUTHORIZED);
}

async function mongooseLogin(uri) {
    const checks = new Checks('mongoose, logged in');
    await checks.check('log in by options', async () => {
        const { host } = new URL(uri);
        const connection = await mongoose.createConnection(
            `mongodb://${host}/`,
            { dbName: 'compat_shop', user: 'clerk', pass: PASSWORD, authSource: 'compat_shop' }).asPromise();
        const Item = connection.model('Item', new mongoose.Schema({ name: String }));
        await Item.create({ name: 'pen' });
        assert.equal((await Item.findOne({ name: 'pen' })).name, 'pen');
        await connection.close();
    });
    return checks.rows;
}

async function shell(uri) {
    const checks = new Checks('mongosh, logged in');
    configureShell();
    const { host } = new URL(uri);
    const run = (password, statement) => promisify(execFile)(
        MONGOSH,
        [`mongodb://${host}/compat_shop`, '--quiet', '--norc', '-u', 'clerk', '-p', password,
            '--authenticationDatabase', 'compat_shop', '--eval', statement],
        { timeout: 60_000 });
    await checks.check('log in by -u and -p', async () => {
        const { stdout } = await run(PASSWORD, 'db.items.insertOne({by: "mongosh"}).acknowledged');
        assert.match(stdout, /true/);
    });
    await checks.check('a wrong password', () => assert.rejects(
        run('guess', 'db.items.findOne()'), (failure) => /Authentication failed/.test(failure.stderr)));
    await checks.check('db.logout, db.auth', async () => {
        const { stdout } = await run(PASSWORD, `
            db.logout();
            let refused = false;
            try { db.items.findOne(); } catch (error) { refused = error.code === 13; }
            print(refused && db.auth('clerk', '${PASSWORD}').ok === 1 && db.items.findOne() !== undefined);`);
        assert.match(stdout, /true/);
    });
    return checks.rows;
}
