package io.smilodon.query.predicate.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegexMatcherTest {

    private static boolean finds(String pattern, String options, String text) {
        return RegexMatcher.compile(pattern, options).isFoundIn(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "b '' abc true",
                "^b '' abc false",
                "B '' abc false",
                "B i abc true",
                "É i é true",
                "(?=b)b '' abc true", // look-around: the other engine
                "(?<!a)b '' abc false",
                "(a)\\1 '' aab true",
                "a++b '' aab true",
                "(?=É) i é true",
                "[[:alpha:]]+x '' abx true",
                "(?=[[:digit:]])[[:digit:]x]+$ '' 1x true",
                "(?=.)[a[]b '' [b true", // a bracket in a class is itself in PCRE
                "(?=.)[a&&b]$ '' & true",
                "(?P<n>a)(?=b) '' ab true",
                "a\\Qb.c\\E '' ab.c true",
                "a{1000} '' a false"
            })
    void finds_what_pcre_finds(String pattern, String options, String text, boolean expected) {
        assertEquals(expected, finds(pattern, options, text));
    }

    @Test
    void lines() {
        assertTrue(finds("^b$", "m", "a\nb\nc"));
        assertEquals(false, finds("^b$", "", "a\nb\nc"));
        assertTrue(finds("a.b", "s", "a\nb"));
        assertEquals(false, finds("a.b", "", "a\nb"));
        assertTrue(finds("a.b", "", "a\rb"));
        assertTrue(finds("(?=a)a.b", "", "a\rb"));
    }

    @Test
    void the_end_is_also_before_a_last_newline() {
        assertTrue(finds("b$", "", "ab\n"));
        assertEquals(false, finds("b$", "", "ab\n\n"));
        assertEquals(false, finds("b\\z", "", "ab\n"));
    }

    @Test
    void extended_patterns_have_space_and_comments() {
        assertTrue(finds("a b # then c\n c", "x", "abc"));
        assertTrue(finds("a[ #]b\\ \\#", "x", "a#b #"));
        assertEquals(false, finds("a b", "x", "a b"));
        assertTrue(finds("[]#]a", "x", "]a"));
    }

    @Test
    void comments_mean_nothing() {
        assertTrue(finds("a(?#the [letter)b", "", "ab"));
        assertTrue(finds("^a(?#b)*$", "", "aaa"));
        assertTrue(finds("(?=a)a(?# c )b", "", "ab"));
        assertTrue(finds("a (?# x\n\\) b # (?# open\n c", "x", "abc"));
        assertTrue(finds("[(?#)]a", "", "#a"));
        assertTrue(finds("\\(?#x", "", "#x"));
    }

    @Test
    void a_capital_n_is_any_character_but_a_newline() {
        assertTrue(finds("a\\Nb", "s", "axb"));
        assertEquals(false, finds("a\\Nb", "s", "a\nb"));
        assertTrue(finds("^\\N{3}$", "", "abc"));
        assertTrue(finds("(?=a)\\N+c", "", "abc"));
        assertEquals(false, finds("\\QN\\N\\E", "", "Nx"));
        assertTrue(finds("\\\\N", "", "\\N"));
    }

    @Test
    void unknown_options_are_refused() {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> RegexMatcher.compile("a", "ig"));

        assertEquals(51108, error.code().number());
        assertEquals('g', error.details().get("flag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "a{2,1}",
                "[z-a]",
                "*",
                "a\\",
                "a(?#b",
                "a\\Kb",
                "(?|a|b)",
                "(a)(?(1)b|c)",
                "a(?R)?"
            })
    void invalid_patterns_are_refused(String pattern) {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> RegexMatcher.compile(pattern, ""));

        assertEquals(51091, error.code().number());
        assertEquals(pattern, error.details().get("pattern"));
    }

    @Test
    void patterns_have_a_longest_length() {
        RegexMatcher.compile("a".repeat(RegexMatcher.PATTERN_CHARS_MAX), "");
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                RegexMatcher.compile(
                                        "a".repeat(RegexMatcher.PATTERN_CHARS_MAX + 1), ""));

        assertEquals(51091, error.code().number());
        assertEquals("Regular expression is too long", error.template());
    }

    @Test
    void patterns_have_no_null_byte() {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> RegexMatcher.compile("a\0b", ""));

        assertEquals(2, error.code().number());
    }

    @Test
    void most_patterns_take_linear_time() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> finds("(a+)+$", "", "a".repeat(10_000) + "b"));
    }

    @Test
    void a_match_that_explodes_fails_and_names_the_pattern() {
        RegexMatcher matcher = RegexMatcher.compile("(a+)+\\1c$", "");

        SmilodonException error =
                assertThrows(
                        SmilodonException.class, () -> matcher.isFoundIn("a".repeat(40) + "b"));

        assertEquals(51156, error.code().number());
        assertEquals("(a+)+\\1c$", error.details().get("pattern"));
    }

    @Test
    void a_match_that_recurses_too_deep_fails_and_names_the_pattern() {
        RegexMatcher matcher = RegexMatcher.compile("(?=a)(a|b)*c", "");

        SmilodonException error =
                assertThrows(
                        SmilodonException.class, () -> matcher.isFoundIn("ab".repeat(500_000)));

        assertEquals(51156, error.code().number());
    }

    @Test
    void nested_counts_do_not_blow_up_the_pattern() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertEquals(false, finds("((a{1000}){1000}){1000}", "", "a".repeat(2_000))));
    }

    @Test
    void find_gives_place_and_groups() {
        RegexMatcher matcher = RegexMatcher.compile("(a)|(b)", "");

        assertEquals(
                Optional.of(new RegexMatch(1, 2, List.of(Optional.empty(), Optional.of("b")))),
                matcher.find("xba", 0));
        assertEquals(2, matcher.find("xba", 2).orElseThrow().start());
        assertEquals(Optional.empty(), matcher.find("xba", 3));
        assertEquals(
                Optional.of(new RegexMatch(2, 3, List.of(Optional.of("a")))),
                RegexMatcher.compile("(?=a)(a)", "").find("xba", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^abc '' abc true",
                "\\Aabc '' abc true",
                "^abc.* '' abc true",
                "^abc.*d '' abc false",
                "^abc? '' ab false",
                "^abc* '' ab false",
                "^abc+ '' abc false",
                "^ab{2} '' a false",
                "^a\\.b '' a.b true",
                "^a\\d '' a false",
                "^ab|c '' '' false",
                "^(ab) '' '' false",
                "^ab i '' false",
                "^ab m '' false",
                "^a[|]b '' a false",
                "abc '' '' false",
                "^ '' '' true",
                "^😀? '' '' false",
                "^ab$ '' ab false",
                "^a\\Q.b|\\Ec '' a.b|c true",
                "^\\Qa.b '' a.b true",
                "^\\Qab\\E* '' a false",
                "^a\\Q\\E* '' '' false"
            })
    void literal_prefixes(String pattern, String options, String text, boolean isWhole) {
        assertEquals(
                new LiteralPrefix(text, isWhole), RegexMatcher.compile(pattern, options).prefix());
    }

    @Test
    void a_prefix_of_an_extended_pattern_has_no_space() {
        assertEquals(new LiteralPrefix("ab", true), RegexMatcher.compile("^a b", "x").prefix());
    }

    @Test
    void successors_are_the_next_text_by_code_points() {
        assertEquals(Optional.of("abd"), new LiteralPrefix("abc", true).successor());
        assertEquals(Optional.of("\ue000"), new LiteralPrefix("\ud7ff", true).successor());
        assertEquals(Optional.of("b"), new LiteralPrefix("a\udbff\udfff", true).successor());
        assertEquals(Optional.empty(), new LiteralPrefix("\udbff\udfff", true).successor());
    }

    @Test
    void matchers_are_equal_by_pattern_and_options() {
        assertEquals(RegexMatcher.compile("a", "mi"), RegexMatcher.compile("a", "im"));
        assertEquals("/a/im", RegexMatcher.compile("a", "mi").toString());
    }

    private static int matches(RegexScan scan) {
        int count = 0;
        Optional<RegexMatch> match = scan.find(0);
        while (match.isPresent()) {
            count++;
            match = scan.find(match.get().end());
        }
        return count;
    }

    @Test
    void the_matches_in_one_text_share_their_steps() {
        String text = "a".repeat(5_000);
        assertEquals(5_000, matches(RegexMatcher.compile("a", "").scan(text)));
        assertEquals(5_000, matches(RegexMatcher.compile("a(?=a|$)", "").scan(text)));
        RegexScan linear = RegexMatcher.compile("a(.*b)?", "").scan(text, 1_000_000);
        SmilodonException error = assertThrows(SmilodonException.class, () -> matches(linear));
        assertEquals(51156, error.code().number());
        RegexScan bounded = RegexMatcher.compile("a(?=.*)", "").scan(text);
        error = assertThrows(SmilodonException.class, () -> matches(bounded));
        assertEquals(51156, error.code().number());
    }
}
