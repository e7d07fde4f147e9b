package io.smilodon.samples.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SourceScannerTest {

    @Test
    void finds_the_comment_of_every_type_and_of_nothing_else() {
        String source =
                """
                /* licence { */
                package a; // class Fake {
                /** About outer. */
                @Target({TYPE, METHOD})
                public @interface Outer {
                    /** About a method. */
                    String text() default "class NotHere { \\" }";
                    char brace = '{';
                    String block = \"""
                            class NorHere { "}
                            \""";
                    /** About inner. */
                    record Inner<T>(int a) {
                        /** About deep. */
                        enum Deep { A { void f() {} }, B }
                        int record = 1;
                        Class<?> it = Inner.class;
                    }
                    interface Bare {}
                }
                /** About second. */ class Second {}
                """;

        Map<String, String> comments = new TreeMap<>(SourceScanner.comments(source));
        comments.replaceAll((name, text) -> text.strip());

        assertEquals(
                Map.of(
                        "Outer", "About outer.",
                        "Outer$Inner", "About inner.",
                        "Outer$Inner$Deep", "About deep.",
                        "Second", "About second."),
                comments);
    }

    @Test
    void a_comment_becomes_plain_text_and_a_release() {
        SourceComment comment =
                SourceComment.parse(
                        """

                         * A {@code List<E>} of <em>things</em>, see
                         * {@link java.util.Set the {@code Set}}.
                         * <p>
                         * Second &amp; last.
                         *
                         * @param <E> the elements
                         * @since 1.2
                        """);

        assertEquals("A List<E> of things, see the Set.\n\nSecond & last.", comment.text());
        assertEquals(Optional.of("1.2"), comment.since());
    }
}
