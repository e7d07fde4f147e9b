package io.smilodon.engine.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CampaignOptionsTest {

    private static CampaignOptions parse(String... arguments) {
        return CampaignOptions.parse(arguments, Suites.ALL);
    }

    private static String mistake(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> parse(arguments)).getMessage();
    }

    @Test
    void hours_and_minutes_add_up() {
        CampaignOptions options = parse("--hours", "0.5", "--minutes", "6", "--seed", "-7");
        assertEquals(TimeUnit.MINUTES.toNanos(36), options.nanos());
        assertEquals(-7, options.seed());
        assertEquals(Suites.ALL, options.suites());
        List<Suite> chosen = parse("--suite", "A3").suites();
        assertEquals(List.of("A3"), chosen.stream().map(suite -> suite.facts().name()).toList());
    }

    @Test
    void a_mistake_is_named() {
        assertEquals("no option --hour", mistake("--hour", "1"));
        assertEquals("--hours takes a number", mistake("--hours", "many"));
        assertEquals("--minutes takes a value", mistake("--seed", "1", "--minutes"));
        assertEquals("no suite A99", mistake("--suite", "A99"));
    }
}
