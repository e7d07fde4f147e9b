package io.smilodon.index.collation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 4013, and what else people type. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SaslPrepTest {

    @ParameterizedTest
    @CsvSource({
        "I\u00adX, IX",
        "user, user",
        "USER, USER",
        "\u00aa, a",
        "\u2168, IX",
        "\u2163, IV",
        "cafe\u0301, caf\u00e9",
        "a\u00a0b, a b",
        "\u05d0\u05d1, \u05d0\u05d1",
        "'p w', 'p w'",
    })
    void signs_that_mean_the_same_become_the_same(String typed, String prepared) {
        assertEquals(prepared, SaslPrep.prepare(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0007", "\u06271", "\ue000", "\ufffd", "\ud800", "\u0221", "\u200e"})
    void forbidden_signs_are_refused(String typed) {
        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> SaslPrep.prepare("secret" + typed));

        assertEquals(ErrorCode.BAD_VALUE, refusal.code());
        assertFalse(refusal.getMessage().contains("secret"));
    }

    @Test
    void nothing_stays_nothing() {
        assertEquals("", SaslPrep.prepare(""));
    }
}
