package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Smilodon;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What somebody types who knows MongoDB's shell. */
class ShellHabitsTest {

    /** A line and its answer, one after the other. */
    private static final String SCRIPT =
            """
            ObjectId().toString().length
            24
            new Set([ObjectId().hex, new ObjectId().hex, ObjectId().hex]).size
            3
            Date.now() - ObjectId().getTimestamp() < 5000
            true
            UUID('00112233-4455-6677-8899-aabbccddeeff')
            UUID("00112233-4455-6677-8899-aabbccddeeff")
            UUID().base64.length
            24
            UUID('12')
            Error: UUID takes 32 hexadecimal digits
            [MinKey(), MaxKey, Timestamp(), new Timestamp(1, 2)]
            [MinKey(), MaxKey(), Timestamp({ t: 0, i: 0 }), Timestamp({ t: 1, i: 2 })]
            [new NumberLong('5'), NumberLong(6), new NumberDecimal('1.10')]
            [Long("5"), Long("6"), Decimal128("1.10")]
            [new ISODate(0), ISODate('2020-01-01')]
            [ISODate("1970-01-01T00:00:00.000Z"), ISODate("2020-01-01T00:00:00.000Z")]
            db.a.insert([{ _id: 1, k: MinKey(), u: UUID('0'.repeat(32)) }, { _id: 2 }])
            { acknowledged: true, insertedCount: 2, insertedIds: { "0": 1, "1": 2 } }
            db.a.insert({ _id: 3 }).insertedId
            3
            db.a.findOne({ k: MinKey })
            { _id: 1, k: MinKey(), u: UUID("00000000-0000-0000-0000-000000000000") }
            db.a.save({ _id: 3, v: 1 }).modifiedCount
            1
            db.a.save({ _id: 4, v: 1 }).upsertedId
            4
            db.a.update({ v: 1 }, { $set: { w: 1 } }).matchedCount
            1
            db.a.update({ v: 1 }, { $set: { w: 1 } }, { multi: true }).matchedCount
            2
            db.a.update({ _id: 3 }, { x: 1 }).modifiedCount
            1
            db.a.findOneAndUpdate({ _id: 3 }, { $inc: { x: 1 } }, { returnNewDocument: true })
            { _id: 3, x: 2 }
            db.a.remove({}, true).deletedCount
            1
            db.a.remove({ _id: { $gt: 3 } }).deletedCount
            1
            db.a.aggregate({ $match: { _id: 3 } }, { $project: { x: 1 } }).toArray()
            [{ _id: 3, x: 2 }]
            db.a.aggregate([{ $match: { _id: 3 } }], { allowDiskUse: true }).toArray()
            [{ _id: 3, x: 2 }]
            db.a.explode()
            TypeError: db.a.explode is not a function
            db.a.insertOne({ _id: 3 })
            MongoError: DuplicateKey (11000): E11000 duplicate key error collection: test.a \
            index: _id_ dup key: { _id: 3 } {keyPattern: { _id: 1 }, keyValue: { _id: 3 }}
            show users
            show takes dbs or collections
            tojson({ a: 1 })
            { a: 1 }
            """;

    @Test
    void what_people_are_used_to_works() {
        String[] lines = SCRIPT.split("\n", -1);
        try (Backend backend = new EmbeddedBackend(Path.of("memory"), Smilodon.inMemory());
                Script script = new Script(backend, "test", line -> {})) {
            for (int i = 0; i + 1 < lines.length; i += 2) {
                assertEquals(plain(lines[i + 1]), plain(answer(script, lines[i])), lines[i]);
            }
        }
    }

    private static String answer(Script script, String line) {
        try {
            return script.evaluate(line, "line");
        } catch (ShellException failure) {
            return failure.getMessage();
        }
    }

    /** How a long answer is broken into lines does not matter. */
    private static String plain(String answer) {
        return answer.replaceAll("\\s+", "");
    }
}
