package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.testing.Seeds;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What is kept of writes says the same as the batch of the log, in less room. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackedWritesTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final String context = "seed " + seed;
    private final NavigableMap<byte[], Write> model = new TreeMap<>(Arrays::compareUnsigned);
    private final SortedWrites writes = new SortedWrites();

    private void fill(int valueBytesMax) {
        int count = 1 + random.nextInt(2 * SortedWrites.MANY);
        for (int number = 0; number < count; number++) {
            byte[] key = new byte[1 + random.nextInt(3 * WriteItems.START_BYTES)];
            key[random.nextInt(key.length)] = (byte) random.nextInt();
            byte[] value = new byte[random.nextInt(valueBytesMax)];
            random.nextBytes(value);
            Write write =
                    new Write(key, random.nextInt(8) == 0 ? Optional.empty() : Optional.of(value));
            model.put(key, write);
            writes.put(write);
        }
    }

    private ByteWriter batch() {
        ByteWriter batch = new ByteWriter(writes.packedBytes());
        writes.appendTo(batch);
        return batch;
    }

    private void assertSaysTheSame(PackedWrites packed) {
        assertEquals(model.size(), packed.size(), context);
        Iterator<Write> found = packed.iterator();
        ByteSpan value = new ByteSpan();
        int index = 0;
        for (Write write : model.values()) {
            byte[] key = write.key();
            assertEquals(write, found.next(), context);
            assertEquals(0, packed.starts().compare(index, KeyStarts.of(key), 0), context);
            assertEquals(KeyHash.inMemory(key), packed.hashes()[index], context);
            int item = (int) packed.places()[index++];
            assertEquals(key.length, packed.items().keyLength(item), context);
            assertEquals(write.value().isEmpty(), packed.items().isRemoval(item), context);
            if (write.value().isPresent()) {
                packed.items().value(item, value);
                assertArrayEquals(write.value().get(), value.copy(), context);
            } else {
                assertThrows(AssertionError.class, () -> packed.items().value(item, value));
            }
        }
        assertFalse(found.hasNext(), context);
    }

    @RepeatedTest(100)
    void small_writes_are_kept_without_the_starts_of_their_keys() {
        fill(20);
        byte[] log = batch().buffer();
        PackedWrites packed = writes.packed();
        assertSaysTheSame(packed);
        int starts = 0;
        for (byte[] key : model.keySet()) {
            starts += Math.min(key.length, WriteItems.START_BYTES);
        }
        assertEquals(log.length - starts, packed.items().bytes().length, context);
    }

    @RepeatedTest(100)
    void large_writes_are_kept_where_they_lie_in_the_log() {
        fill(2_000);
        ByteWriter batch = batch();
        if (writes.packedBytes() >= writes.size() * 128L && writes.size() >= SortedWrites.MANY) {
            assertSame(batch.buffer(), writes.packed().items().bytes(), context);
        }
        assertSaysTheSame(writes.packed());
    }

    @Test
    void so_entries_of_an_index_take_about_half() {
        for (int number = 0; number < SortedWrites.MANY; number++) {
            byte[] key = new byte[32];
            key[20] = (byte) (number >>> 8);
            key[21] = (byte) number;
            writes.put(new Write(key, Optional.of(new byte[0])));
        }
        int log = batch().size();
        assertTrue(writes.packed().items().bytes().length < 0.6 * log);
    }
}
