package io.smilodon.samples.jdk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the documentation comment of every type in one Java source file. It knows just enough of
 * the language (comments, string and character literals, braces, type declarations) and is an order
 * of magnitude faster than a compiler's parser. Used once per file.
 */
final class SourceScanner {

    private static final Set<String> TYPE_WORDS = Set.of("class", "interface", "enum", "record");

    private final String source;
    private final Map<String, String> comments = new HashMap<>();
    private final Deque<String> openTypes = new ArrayDeque<>();
    private final Deque<Boolean> braces = new ArrayDeque<>();
    private int position;
    private String lastComment = "";
    private String declared = "";
    private boolean afterTypeWord;
    private int parentheses;

    private SourceScanner(String source) {
        this.source = source;
    }

    /**
     * The inside of the comment before each type that has one, by the type's name without package
     * and with {@code $} before nested names.
     */
    static Map<String, String> comments(String source) {
        SourceScanner scanner = new SourceScanner(source);
        scanner.scan();
        return scanner.comments;
    }

    private void scan() {
        while (position < source.length()) {
            char c = source.charAt(position);
            if (source.startsWith("/*", position)) {
                blockComment();
            } else if (source.startsWith("//", position)) {
                skipTo("\n");
            } else if (source.startsWith("\"\"\"", position)) {
                position += 3;
                skipTo("\"\"\"");
            } else if (c == '"' || c == '\'') {
                literal(c);
            } else if (Character.isJavaIdentifierStart(c)) {
                word();
            } else {
                punctuation(c);
            }
        }
    }

    private void blockComment() {
        int end = source.indexOf("*/", position + 2);
        int stop = end < 0 ? source.length() : end;
        if (source.startsWith("/**", position) && stop > position + 3) {
            lastComment = source.substring(position + 3, stop);
        }
        position = Math.min(source.length(), stop + 2);
    }

    private void skipTo(String terminator) {
        int end = source.indexOf(terminator, position);
        position = end < 0 ? source.length() : end + terminator.length();
    }

    private void literal(char quote) {
        position++;
        while (position < source.length() && source.charAt(position) != quote) {
            position += source.charAt(position) == '\\' ? 2 : 1;
        }
        position++;
    }

    private void word() {
        int start = position;
        while (position < source.length()
                && Character.isJavaIdentifierPart(source.charAt(position))) {
            position++;
        }
        String word = source.substring(start, position);
        boolean member =
                start > 0 && source.charAt(start - 1) == '.'; // Foo.class is no declaration
        if (afterTypeWord) {
            declare(word);
        } else {
            afterTypeWord =
                    TYPE_WORDS.contains(word)
                            && !member
                            && parentheses == 0
                            && startsDeclaration(word);
        }
    }

    /** A name follows; {@code record}, which may itself be a name, needs components as well. */
    private boolean startsDeclaration(String word) {
        int next = position;
        while (next < source.length() && Character.isWhitespace(source.charAt(next))) {
            next++;
        }
        return next < source.length()
                && Character.isJavaIdentifierStart(source.charAt(next))
                && (!word.equals("record") || declaresRecord(next));
    }

    private boolean declaresRecord(int nameStart) {
        int end = nameStart;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
            end++;
        }
        return end < source.length() && (source.charAt(end) == '(' || source.charAt(end) == '<');
    }

    private void declare(String name) {
        afterTypeWord = false;
        declared = openTypes.isEmpty() ? name : openTypes.peek() + "$" + name;
        if (!lastComment.isEmpty()) {
            comments.putIfAbsent(declared, lastComment);
            lastComment = "";
        }
    }

    /** What stands in parentheses (the arguments of annotations, lambdas) declares nothing here. */
    private void punctuation(char c) {
        position++;
        if (c == '(') {
            parentheses++;
        } else if (c == ')') {
            parentheses--;
        } else if (parentheses == 0) {
            structure(c);
        }
    }

    private void structure(char c) {
        if (c == '{') {
            open();
        } else if (c == '}' && !braces.isEmpty() && braces.pop()) {
            openTypes.pop();
        }
        if (c == '{' || c == '}' || c == ';') {
            lastComment = "";
        }
    }

    private void open() {
        boolean opensType = !declared.isEmpty();
        braces.push(opensType);
        if (opensType) {
            openTypes.push(declared);
        }
        declared = "";
    }
}
