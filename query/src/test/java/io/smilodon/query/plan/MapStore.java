package io.smilodon.query.plan;

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

/** Keys in a sorted map, with a mark to go back to. */
final class MapStore implements Transaction {

    private NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private NavigableMap<byte[], byte[]> marked = entries;

    void mark() {
        marked = new TreeMap<>(entries);
    }

    void goBack() {
        entries = new TreeMap<>(marked);
    }

    @Override
    public Optional<VersionedValue> get(byte[] key) {
        return Optional.ofNullable(entries.get(key)).map(value -> new VersionedValue(value, 1));
    }

    @Override
    public KeyCursor cursor(KeyRange range, Direction direction) {
        NavigableMap<byte[], byte[]> part = entries.tailMap(range.from(), true);
        if (range.to().length > 0) {
            part =
                    Arrays.compareUnsigned(range.from(), range.to()) < 0
                            ? part.headMap(range.to(), false)
                            : new TreeMap<>(Arrays::compareUnsigned);
        }
        return new MapCursor(
                (direction == Direction.FORWARD ? part : part.descendingMap())
                        .entrySet()
                        .iterator());
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
        entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        entries.remove(key);
    }

    @Override
    public void requireUnchanged(byte[] key) {}

    @Override
    public void retire(byte[] prefix) {
        throw new UnsupportedOperationException();
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

    private static final class MapCursor implements KeyCursor {

        private final Iterator<Map.Entry<byte[], byte[]>> rest;
        private Map.Entry<byte[], byte[]> current = Map.entry(new byte[0], new byte[0]);

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
        public void close() {}
    }
}
