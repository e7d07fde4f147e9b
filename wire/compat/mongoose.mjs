// Mongoose: documents with a schema.
import assert from 'node:assert/strict';
import mongoose from 'mongoose';
import { Checks } from './checks.mjs';

export async function mongooseChecks(uri) {
    const checks = new Checks('mongoose');
    const connection = await mongoose.createConnection(uri, { dbName: 'compat_mongoose' }).asPromise();
    await connection.dropDatabase();
    const Author = connection.model('Author', new mongoose.Schema({ name: { type: String, required: true, unique: true } }));
    const Book = connection.model('Book', bookSchema());
    await checks.check('indexes of the schemas', async () => {
        await Promise.all([Author.init(), Book.init()]);
        await Book.syncIndexes();
        const names = (await Book.listIndexes()).map((index) => index.name);
        assert.ok(['title_text', 'place_2dsphere', 'expires_1'].every((name) => names.includes(name)), names.join());
    });
    await checks.check('save, validation, populate, versions, timestamps', () => books(Author, Book));
    await checks.check('queries: regex, $text, $near, lean, cursor, aggregate, paginate', () => queries(Book));
    await checks.check('unique values', async () => {
        await assert.rejects(Author.create({ name: 'Ada' }), { code: 11000 });
    });
    await checks.check('updates: findOneAndUpdate, bulkWrite, insertMany, deleteMany', () => updates(Book));
    await checks.check('transaction', () => transaction(connection, Author));
    await checks.check('change stream', () => changes(Author));
    await connection.dropDatabase();
    await connection.close();
    return checks.rows;
}

function bookSchema() {
    const schema = new mongoose.Schema({
        title: String,
        pages: { type: Number, min: 1 },
        tags: [String],
        price: mongoose.Schema.Types.Decimal128,
        expires: { type: Date, expires: 3600 },
        author: { type: mongoose.Schema.Types.ObjectId, ref: 'Author' },
        place: { type: { type: String, enum: ['Point'] }, coordinates: [Number] },
        reviews: [{ stars: Number }],
    }, { timestamps: true, optimisticConcurrency: true });
    return schema.index({ title: 'text' }).index({ place: '2dsphere' });
}

async function books(Author, Book) {
    const ada = await Author.create({ name: 'Ada' });
    const book = await Book.create({
        title: 'Notes on engines', pages: 66, tags: ['a', 'b'], price: '9.90', author: ada,
        place: { type: 'Point', coordinates: [-0.1, 51.5] }, reviews: [{ stars: 5 }],
    });
    await assert.rejects(Book.create({ pages: 0 }), mongoose.Error.ValidationError);
    book.tags.push('c');
    book.reviews[0].stars = 4;
    await book.save();
    const found = await Book.findById(book._id).populate('author').exec();
    assert.equal(found.author.name, 'Ada');
    assert.deepEqual([...found.tags], ['a', 'b', 'c']);
    assert.equal(String(found.price), '9.90');
    assert.ok(found.updatedAt >= found.createdAt);
    const stale = await Book.findById(book._id);
    found.pages = 67;
    await found.save();
    stale.pages = 68;
    await assert.rejects(stale.save(), mongoose.Error.VersionError);
}

async function queries(Book) {
    await Book.insertMany(Array.from({ length: 50 }, (_, i) => ({ title: `Volume ${i}`, pages: i + 1 })));
    assert.equal(await Book.countDocuments({ title: /^volume/i }), 50);
    assert.equal((await Book.find({ $text: { $search: 'engine' } }).lean()).length, 1);
    const near = { type: 'Point', coordinates: [0, 51] };
    assert.equal((await Book.find().where('place').near({ center: near, maxDistance: 100_000 })).length, 1);
    const page = await Book.find({ pages: { $lte: 50 } }).sort('-pages').skip(10).limit(5).select('pages');
    assert.deepEqual(page.map((book) => book.pages), [40, 39, 38, 37, 36]);
    let seen = 0;
    for await (const book of Book.find().cursor({ batchSize: 10 })) {
        seen += book ? 1 : 0;
    }
    assert.equal(seen, 51);
    const [sum] = await Book.aggregate().group({ _id: null, pages: { $sum: '$pages' } });
    assert.equal(sum.pages, 67 + (50 * 51) / 2);
    assert.equal(await Book.exists({ pages: 9999 }), null);
}

async function updates(Book) {
    const book = await Book.findOneAndUpdate({ title: 'Volume 1' }, { $inc: { pages: 5 } }, { returnDocument: 'after' });
    assert.equal(book.pages, 7);
    const result = await Book.bulkWrite([
        { updateOne: { filter: { title: 'Volume 2' }, update: { pages: 9 } } },
        { deleteOne: { filter: { title: 'Volume 3' } } },
        { insertOne: { document: { title: 'New' } } },
    ]);
    assert.deepEqual([result.modifiedCount, result.deletedCount, result.insertedCount], [1, 1, 1]);
    assert.equal((await Book.deleteMany({ title: /^Volume/ })).deletedCount, 49);
}

async function transaction(connection, Author) {
    await connection.transaction(async (session) => {
        await Author.create([{ name: 'In a transaction' }], { session });
    });
    await assert.rejects(connection.transaction(async (session) => {
        await Author.create([{ name: 'Never' }], { session });
        throw new Error('no');
    }), /no/);
    assert.deepEqual((await Author.find().sort('name')).map((author) => author.name), ['Ada', 'In a transaction']);
}

async function changes(Author) {
    const stream = Author.watch();
    const seen = new Promise((resolve, reject) => stream.once('change', resolve).once('error', reject));
    await new Promise((resolve) => stream.once('ready', resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Author.create({ name: 'Watched' });
    assert.equal((await seen).fullDocument.name, 'Watched');
    await stream.close();
}
