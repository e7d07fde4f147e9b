package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB by JNI, written by hand: big-endian ids to Jackson's Smile. */
final class RocksPeer implements Peer {

    private static final long LOG_BYTES_KEPT = 160L << 20;

    private final Options options;
    private final WriteOptions writing;
    private final RocksDB database;

    RocksPeer(PeerSettings settings) throws RocksDBException {
        RocksDB.loadLibrary();
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockSize(16 << 10)
                        .setFilterPolicy(new BloomFilter(10))
                        .setBlockCache(new LRUCache((long) settings.cacheMegabytes() << 20));
        options =
                new Options()
                        .setCreateIfMissing(true)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(settings.keepsLog() ? LOG_BYTES_KEPT : 64 << 20);
        writing = new WriteOptions().setSync(settings.isDurable());
        database = RocksDB.open(options, settings.directory().toString());
    }

    private static byte[] key(int id) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(id).array();
    }

    @Override
    public void load(List<Person> batch) throws RocksDBException, IOException {
        try (WriteBatch writes = new WriteBatch()) {
            for (Person person : batch) {
                writes.put(key(person.id()), PersonJson.smile(person));
            }
            database.write(writing, writes);
        }
    }

    @Override
    public void flush() throws RocksDBException {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            database.flush(waiting);
        }
    }

    @Override
    public void insert(Person person) throws RocksDBException, IOException {
        database.put(writing, key(person.id()), PersonJson.smile(person));
    }

    @Override
    public long score(int id) throws RocksDBException, IOException {
        byte[] found = database.get(key(id));
        return found == null ? ABSENT : PersonJson.scoreOfSmile(found);
    }

    @Override
    public long scores(int fromId, int count) throws IOException {
        long sum = 0;
        try (RocksIterator found = database.newIterator()) {
            found.seek(key(fromId));
            for (int read = 0; read < count && found.isValid(); read++) {
                sum += PersonJson.scoreOfSmile(found.value());
                found.next();
            }
        }
        return sum;
    }

    @Override
    public void setVisits(int id, int visits) throws RocksDBException, IOException {
        byte[] key = key(id);
        database.put(writing, key, PersonJson.withVisits(database.get(key), visits));
    }

    @Override
    public void replace(Person person) throws RocksDBException, IOException {
        insert(person);
    }

    @Override
    public String json(int id) throws RocksDBException, IOException {
        return PersonJson.textOfSmile(database.get(key(id)));
    }

    @Override
    public void close() {
        database.close();
        writing.close();
        options.close();
    }
}
