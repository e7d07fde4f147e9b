package io.smilodon.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a page tells is what has been added to it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdPageTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private record Added(String id, double number) {}

    /** Ids of one length or several, which differ in all bits, some, or none. */
    private List<byte[]> ids() {
        int length = random.nextInt(20);
        boolean isOneLength = random.nextInt(4) > 0;
        byte[] first = new byte[40];
        byte[] mask = new byte[40];
        random.nextBytes(first);
        for (int bits = random.nextInt(70); bits > 0; bits--) {
            mask[random.nextInt(length + 1)] |= (byte) (1 << random.nextInt(8));
        }
        List<byte[]> ids = new ArrayList<>();
        for (int count = 1 + random.nextInt(NumberedIds.COUNT_MAX); count > 0; count--) {
            byte[] id = new byte[isOneLength ? length : length + random.nextInt(3)];
            random.nextBytes(id);
            for (int at = 0; at < id.length; at++) {
                id[at] = (byte) (first[at] & ~mask[at] | id[at] & mask[at]);
            }
            ids.add(id);
        }
        return ids;
    }

    @RepeatedTest(2_000)
    void what_is_read_is_what_was_added() {
        NumberedIds collected = new NumberedIds();
        List<Added> expected = new ArrayList<>();
        double number = random.nextInt(3) - 1.0;
        ByteSpan span = new ByteSpan();
        for (byte[] id : ids()) {
            number += random.nextInt(3) / 4.0;
            span.set(id);
            collected.add(span, number);
            expected.add(new Added(HexFormat.of().formatHex(id), number));
        }
        IdPage page = collected.collected();
        List<Added> found = new ArrayList<>();
        for (int index = 0; index < page.count(); index++) {
            page.id(index, span);
            found.add(new Added(HexFormat.of().formatHex(span.copy()), page.number(index)));
        }
        assertEquals(expected, found, () -> "seed " + seed);
    }

    @Test
    void one_id_has_one_hash_in_every_page() {
        for (Value id : List.of(Value.of(7), Value.of("a name"), new ObjectId(1, 2, 3))) {
            NumberedIds many = new NumberedIds();
            NumberedIds one = new NumberedIds();
            ByteSpan span = new ByteSpan();
            span.set(KeyCodec.encode(Value.of(9)));
            many.add(span, 1);
            span.set(KeyCodec.encode(id));
            many.add(span, 2);
            one.add(span, 1);
            assertEquals(one.collected().hash(0), many.collected().hash(1));
        }
    }

    /** Ids of ten bytes that count up take four of them, with hash and number no more than ten. */
    @Test
    void what_entries_have_in_common_is_there_once() {
        NumberedIds many = new NumberedIds();
        ByteSpan span = new ByteSpan();
        for (int id = 0; many.hasRoom(); id += 123) {
            span.set(KeyCodec.encode(Value.of(500_000 + id)));
            many.add(span, 0.51);
        }
        IdPage page = many.collected();
        assertEquals(NumberedIds.COUNT_MAX, page.count());
        assertTrue(page.memoryBytes() <= 10L * page.count(), () -> page.memoryBytes() + " bytes");
    }
}
