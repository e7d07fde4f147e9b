package io.smilodon.samples.jdk;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a documentation comment says, as plain text.
 *
 * @param text the description, without markup and block tags
 * @param since the {@code @since} tag, if there is one
 */
record SourceComment(String text, Optional<String> since) {

    private static final Pattern MARGIN = Pattern.compile("(?m)^[ \t]*\\*?[ \t]?");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^[ \t]*@[a-zA-Z]");
    private static final Pattern SINCE = Pattern.compile("(?m)^[ \t]*@since[ \t]+(.+?)[ \t]*$");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@([a-zA-Z]+)\\s*([^{}]*)}");
    private static final Pattern LABEL = Pattern.compile("\\S+\\s+(.+)", Pattern.DOTALL);
    private static final Pattern PARAGRAPH =
            Pattern.compile("(?i)</?(p|h[1-6]|pre|li|ul|ol)\\b[^>]*>");
    private static final Pattern ELEMENT = Pattern.compile("</?[a-zA-Z][^>]*>");

    /** Reads the inside of a comment, with or without stars at the margin. */
    static SourceComment parse(String inside) {
        String flush = MARGIN.matcher(inside.replace("\r", "")).replaceAll("");
        Matcher since = SINCE.matcher(flush);
        Optional<String> release = since.find() ? Optional.of(since.group(1)) : Optional.empty();
        Matcher tags = BLOCK_TAG.matcher(flush);
        String description = tags.find() ? flush.substring(0, tags.start()) : flush;
        return new SourceComment(plain(description), release);
    }

    private static String plain(String markup) {
        String text = markup;
        String before;
        do { // tags nest: the innermost ones go first
            before = text;
            text = INLINE_TAG.matcher(text).replaceAll(SourceComment::inline);
        } while (!text.equals(before));
        text = PARAGRAPH.matcher(text).replaceAll("\n\n");
        text = ELEMENT.matcher(text).replaceAll("");
        return tidy(entities(text));
    }

    private static String inline(MatchResult tag) {
        String content = tag.group(2);
        Matcher label = LABEL.matcher(content);
        String shown =
                switch (tag.group(1)) {
                    case "code", "literal" -> content.replace("<", "&lt;").replace(">", "&gt;");
                    case "link", "linkplain" -> label.matches() ? label.group(1) : content;
                    default -> content;
                };
        return Matcher.quoteReplacement(shown);
    }

    private static String entities(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&quot;", "\"")
                .replace("&#064;", "@")
                .replace("&#64;", "@")
                .replace("&mdash;", "-")
                .replace("&amp;", "&");
    }

    /** One line a paragraph, one empty line between paragraphs. */
    private static String tidy(String text) {
        return text.replaceAll("[ \t]*\n[ \t]*", "\n")
                .strip()
                .replaceAll("\n{2,}", "\u0000")
                .replaceAll("\\s+", " ")
                .replace("\u0000", "\n\n");
    }
}
