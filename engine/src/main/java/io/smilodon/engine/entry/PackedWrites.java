package io.smilodon.engine.entry;

import io.smilodon.engine.file.ByteWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The writes of a commit as they stand in the log, keys ascending, with what tells keys apart
 * without going where they lie. Nobody changes the arrays. Immutable.
 *
 * @param bytes the batch, in which each write is a {@link WriteItem}
 * @param items where they begin
 * @param heads the first eight bytes of the keys, see {@link KeyHead}
 * @param necks the next eight
 * @param hashes of the keys, with seed 0
 */
public record PackedWrites(byte[] bytes, long[] items, long[] heads, long[] necks, long[] hashes)
        implements Iterable<Write> {

    /** Puts writes into a batch, in order. Not thread-safe. */
    static final class Builder {

        private final ByteWriter batch;
        private final long[] items;
        private final long[] heads;
        private final long[] necks;
        private final long[] hashes;
        private int count;

        /**
         * @param batch has room for all
         * @param size how many there will be
         */
        Builder(ByteWriter batch, int size) {
            this.batch = batch;
            this.items = new long[size];
            this.heads = new long[size];
            this.necks = new long[size];
            this.hashes = new long[size];
        }

        void add(Write write) {
            int item = batch.size();
            WriteItem.append(write, batch);
            learn(item);
        }

        /** Adds a write that stands elsewhere. */
        void add(byte[] bytes, int from) {
            int item = batch.size();
            batch.raw(bytes, from, WriteItem.end(bytes, from) - from);
            learn(item);
        }

        private void learn(int item) {
            byte[] bytes = batch.buffer();
            int from = WriteItem.keyStart(bytes, item);
            int end = WriteItem.keyEnd(bytes, item);
            items[count] = item;
            heads[count] = KeyHead.of(bytes, from, end);
            necks[count] = KeyHead.of(bytes, from + Long.BYTES, end);
            hashes[count] = KeyHash.of(bytes, from, end - from, 0);
            count++;
        }

        PackedWrites build() {
            return new PackedWrites(batch.buffer(), items, heads, necks, hashes);
        }
    }

    public int size() {
        return items.length;
    }

    @Override
    public Iterator<Write> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < items.length;
            }

            @Override
            public Write next() {
                if (next == items.length) {
                    throw new NoSuchElementException();
                }
                return WriteItem.write(bytes, (int) items[next++]);
            }
        };
    }
}
