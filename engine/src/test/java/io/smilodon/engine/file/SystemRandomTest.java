package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SystemRandomTest {

    @Test
    void numbers_do_not_repeat_and_use_every_bit() {
        Set<Long> numbers = new HashSet<>();
        long ones = 0;
        long zeros = 0;
        for (int drawn = 0; drawn < 100; drawn++) {
            long number = SystemRandom.nextLong();
            numbers.add(number);
            ones |= number;
            zeros |= ~number;
        }

        assertEquals(100, numbers.size());
        assertEquals(-1L, ones);
        assertEquals(-1L, zeros);
    }

    @Test
    void numbers_of_files_have_twelve_digits_or_more() {
        assertEquals("000000000000", FileNumber.text(0));
        assertEquals("000000000125", FileNumber.text(125));
        assertEquals("999999999999", FileNumber.text(999_999_999_999L));
        assertEquals("1000000000000", FileNumber.text(1_000_000_000_000L));
        assertTrue(FileNumber.text(99).compareTo(FileNumber.text(100)) < 0);
    }
}
