package io.smilodon.engine.entry;

import io.smilodon.engine.file.ByteWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The writes of a commit as a memtable keeps them, keys ascending, with what tells keys apart
 * without going where they lie. Nobody changes the arrays. Immutable.
 *
 * @param items the writes
 * @param places where each begins among them
 * @param starts of the keys
 * @param hashes of the keys, see {@link KeyHash#inMemory(byte[])}
 */
public record PackedWrites(WriteItems items, long[] places, KeyStarts starts, long[] hashes)
        implements Iterable<Write> {

    /**
     * What writes take on average from which on they stay where they lie in the log: the starts of
     * their keys are little of it, and copying them costs more.
     */
    private static final int LARGE_BYTES_MIN = 128;

    /**
     * Puts writes into a batch of the log, in order, and, unless they are large, into memory
     * without the starts of their keys, which are kept beside them. Not thread-safe.
     */
    static final class Builder {

        private final ByteWriter batch;

        /** What stays in memory: the batch, or what is copied of it. */
        private final ByteWriter kept;

        private final long[] places;
        private final KeyStarts starts;
        private final long[] hashes;
        private int count;

        /**
         * @param batch has room for all
         * @param size how many there will be
         * @param bytes what they take in the batch
         * @param startBytes what of this the starts of their keys take
         */
        Builder(ByteWriter batch, int size, int bytes, int startBytes) {
            this.batch = batch;
            boolean areLarge = bytes >= (long) size * LARGE_BYTES_MIN;
            this.kept = areLarge ? batch : new ByteWriter(bytes - startBytes);
            this.places = new long[size];
            this.starts = new KeyStarts(size);
            this.hashes = new long[size];
        }

        void add(Write write) {
            int item = batch.size();
            WriteItem.append(write, batch);
            learn(batch.buffer(), item, item);
        }

        /** Adds a write that stands elsewhere. */
        void add(byte[] bytes, int item) {
            int place = batch.size();
            batch.raw(bytes, item, WriteItem.end(bytes, item) - item);
            learn(bytes, item, place);
        }

        /**
         * @param place where it stands in the batch
         */
        private void learn(byte[] bytes, int item, int place) {
            int from = WriteItem.keyStart(bytes, item);
            int length = WriteItem.keyLength(bytes, item);
            places[count] = kept == batch ? place : kept.size();
            starts.set(count, bytes, from, from + length);
            hashes[count] = KeyHash.inMemory(bytes, from, length);
            count++;
            if (kept != batch) {
                int rest = from + Math.min(length, WriteItems.START_BYTES);
                kept.raw(bytes, item, from - item);
                kept.raw(bytes, rest, WriteItem.end(bytes, item) - rest);
            }
        }

        PackedWrites build() {
            int leftOut = kept == batch ? 0 : WriteItems.START_BYTES;
            WriteItems items = new WriteItems(kept.buffer(), leftOut);
            return new PackedWrites(items, places, starts, hashes);
        }
    }

    /** Whether they stay where they lie in the log. */
    public boolean areLarge() {
        return items.leftOut() == 0;
    }

    public int size() {
        return places.length;
    }

    @Override
    public Iterator<Write> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < places.length;
            }

            @Override
            public Write next() {
                if (next == places.length) {
                    throw new NoSuchElementException();
                }
                int item = (int) places[next];
                byte[] key = items.key(item, starts, next);
                next++;
                return new Write(key, items.value(item));
            }
        };
    }
}
