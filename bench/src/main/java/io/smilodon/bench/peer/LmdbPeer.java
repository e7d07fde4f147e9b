package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;

/**
 * LMDB by lmdbjava, written by hand: big-endian ids to Jackson's Smile. It has no cache of its own
 * but the system's.
 */
final class LmdbPeer implements Peer {

    private static final long MAP_BYTES = 16L << 30;

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> people;
    private final Txn<ByteBuffer> reading;
    private final ByteBuffer readKey = ByteBuffer.allocateDirect(Integer.BYTES);

    LmdbPeer(PeerSettings settings) {
        EnvFlags[] flags =
                settings.isDurable()
                        ? new EnvFlags[] {EnvFlags.MDB_NOTLS}
                        : new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC};
        env =
                Env.create()
                        .setMapSize(MAP_BYTES)
                        .setMaxDbs(1)
                        .open(settings.directory().toFile(), flags);
        people = env.openDbi("people", DbiFlags.MDB_CREATE);
        reading = env.txnRead();
        reading.reset();
    }

    private static ByteBuffer key(int id) {
        return ByteBuffer.allocateDirect(Integer.BYTES).putInt(id).flip();
    }

    private static ByteBuffer value(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    @Override
    public void load(List<Person> batch) throws IOException {
        ByteBuffer key = ByteBuffer.allocateDirect(Integer.BYTES);
        try (Txn<ByteBuffer> writing = env.txnWrite()) {
            for (Person person : batch) {
                byte[] smile = PersonJson.smile(person);
                key.clear().putInt(person.id()).flip();
                people.reserve(writing, key, smile.length, PutFlags.MDB_APPEND).put(smile);
            }
            writing.commit();
        }
    }

    @Override
    public void flush() {
        env.sync(true);
    }

    @Override
    public void insert(Person person) throws IOException {
        people.put(key(person.id()), value(PersonJson.smile(person)));
    }

    @Override
    public long score(int id) throws IOException {
        reading.renew();
        try {
            ByteBuffer found = people.get(reading, readKey.clear().putInt(id).flip());
            return found == null ? ABSENT : PersonJson.scoreOfSmile(bytes(found));
        } finally {
            reading.reset();
        }
    }

    @Override
    public long scores(int fromId, int count) throws IOException {
        long sum = 0;
        reading.renew();
        try (Cursor<ByteBuffer> found = people.openCursor(reading)) {
            boolean isThere = found.get(key(fromId), GetOp.MDB_SET_RANGE);
            for (int read = 0; read < count && isThere; read++) {
                sum += PersonJson.scoreOfSmile(bytes(found.val()));
                isThere = found.next();
            }
        } finally {
            reading.reset();
        }
        return sum;
    }

    @Override
    public void setVisits(int id, int visits) throws IOException {
        try (Txn<ByteBuffer> writing = env.txnWrite()) {
            ByteBuffer key = key(id);
            byte[] changed = PersonJson.withVisits(bytes(people.get(writing, key)), visits);
            people.put(writing, key, value(changed));
            writing.commit();
        }
    }

    @Override
    public void replace(Person person) throws IOException {
        insert(person);
    }

    @Override
    public String json(int id) throws IOException {
        reading.renew();
        try {
            return PersonJson.textOfSmile(bytes(people.get(reading, key(id))));
        } finally {
            reading.reset();
        }
    }

    @Override
    public void close() {
        reading.close();
        env.close();
    }
}
