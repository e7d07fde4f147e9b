package io.smilodon.engine.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ObjectIdTest {

    private static final String HEX = "fff0c0ffee65f0c0ffee0001";

    @Test
    void hexadecimal_digits_and_bytes_are_its_two_forms() {
        ObjectId id = ObjectId.ofHex(HEX);
        assertEquals(HEX, id.toHex());
        assertEquals(HEX, id.toString());
        assertArrayEquals(HexFormat.of().parseHex(HEX), id.toBytes());
        assertEquals(id, ObjectId.ofBytes(id.toBytes()));
        assertEquals(id, ObjectId.ofHex(HEX.toUpperCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fff0c0ffee65f0c0ffee000",
                "fff0c0ffee65f0c0ffee00011",
                "xff0c0ffee65f0c0ffee0001"
            })
    void other_text_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ObjectId.ofHex(text));
    }

    @Test
    void other_lengths_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> ObjectId.ofBytes(new byte[11]));
        assertThrows(IllegalArgumentException.class, () -> ObjectId.ofBytes(new byte[13]));
    }

    @Test
    void new_identifiers_are_unique_and_begin_with_the_time() {
        long before = Instant.now().getEpochSecond();
        Set<ObjectId> ids = new HashSet<>();
        IntStream.range(0, 10_000).forEach(i -> ids.add(ObjectId.next()));
        assertEquals(10_000, ids.size());
        long after = Instant.now().getEpochSecond();
        for (ObjectId id : ids) {
            long seconds = Integer.toUnsignedLong(id.seconds());
            assertTrue(seconds >= before && seconds <= after);
        }
    }
}
