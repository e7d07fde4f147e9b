package io.smilodon.index.testing;

import io.smilodon.engine.store.CommittedOutcome;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A store in a map that nobody else writes to: enough to see what an index does with it. */
public final class MapTransaction implements Transaction {

    private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private int writes;
    private int cursorsOpen;

    public NavigableMap<byte[], byte[]> entries() {
        return entries;
    }

    /** Puts and deletes so far. */
    public int writes() {
        return writes;
    }

    public int cursorsOpen() {
        return cursorsOpen;
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        return Optional.ofNullable(entries.get(key)).map(value -> new VersionedValue(value, 1));
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        NavigableMap<byte[], byte[]> part =
                range.to().length == 0
                        ? entries.tailMap(range.from(), true)
                        : entries.subMap(range.from(), true, range.to(), false);
        NavigableMap<byte[], byte[]> ordered =
                direction == Direction.FORWARD ? part : part.descendingMap();
        cursorsOpen++;
        return new MapCursor(ordered.entrySet().iterator());
    }

    @Override
    public Snapshot view() {
        throw new UnsupportedOperationException("nothing that is tested here opens one");
    }

    @Override
    public long snapshotSequence() {
        return 0;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        writes++;
        entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        writes++;
        entries.remove(key);
    }

    @Override
    public void requireUnchanged(byte[] key) {}

    @Override
    public void retire(byte[] prefix) {
        KeyRange range = KeyRange.prefix(prefix);
        entries.subMap(range.from(), true, range.to(), false).clear();
    }

    @Override
    public Optional<CommittedOutcome> earlierOutcome() {
        return Optional.empty();
    }

    @Override
    public void keepResult(byte[] result) {
        throw new IllegalStateException("the transaction has no idempotency key");
    }

    @Override
    public void note(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long commit(SyncMode atLeast) {
        return 0;
    }

    @Override
    public void close() {}

    private final class MapCursor implements KeyCursor {

        private final Iterator<Map.Entry<byte[], byte[]>> rest;
        private Map.Entry<byte[], byte[]> current;

        MapCursor(Iterator<Map.Entry<byte[], byte[]>> rest) {
            this.rest = rest;
        }

        @Override
        public boolean advance() {
            if (!rest.hasNext()) {
                return false;
            }
            current = rest.next();
            return true;
        }

        @Override
        public byte[] key() {
            return current.getKey();
        }

        @Override
        public byte[] value() {
            return current.getValue();
        }

        @Override
        public long version() {
            return 1;
        }

        @Override
        public void close() {
            cursorsOpen--;
        }
    }
}
