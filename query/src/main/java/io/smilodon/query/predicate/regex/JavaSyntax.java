package io.smilodon.query.predicate.regex;

import java.util.Map;

/**
 * PCRE's syntax in that of {@code java.util.regex} where they differ: inside classes, where Java
 * gives brackets and {@code &&} a meaning, and in the names of groups.
 */
final class JavaSyntax {

    private static final Map<String, String> POSIX_CLASSES =
            Map.ofEntries(
                    Map.entry("alnum", "\\p{Alnum}"),
                    Map.entry("alpha", "\\p{Alpha}"),
                    Map.entry("ascii", "\\p{ASCII}"),
                    Map.entry("blank", "\\p{Blank}"),
                    Map.entry("cntrl", "\\p{Cntrl}"),
                    Map.entry("digit", "\\p{Digit}"),
                    Map.entry("graph", "\\p{Graph}"),
                    Map.entry("lower", "\\p{Lower}"),
                    Map.entry("print", "\\p{Print}"),
                    Map.entry("punct", "\\p{Punct}"),
                    Map.entry("space", "\\s"),
                    Map.entry("upper", "\\p{Upper}"),
                    Map.entry("word", "\\w"),
                    Map.entry("xdigit", "\\p{XDigit}"));

    private JavaSyntax() {}

    static String of(String pattern) {
        StringBuilder java = new StringBuilder(pattern.length());
        PatternScanner scanner = new PatternScanner(pattern);
        while (scanner.hasNext()) {
            String token = scanner.next();
            if (scanner.isInClass()) {
                java.append(inClass(token));
            } else if (token.equals("P") && endsWith(java, "(?")) {
                continue; // (?P<name>...) is (?<name>...)
            } else {
                java.append(token);
            }
        }
        return java.toString();
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.length() >= end.length()
                && text.indexOf(end, text.length() - end.length()) >= 0;
    }

    private static String inClass(String token) {
        if (token.startsWith("[:")) {
            String name = token.substring(2, token.length() - 2);
            return POSIX_CLASSES.getOrDefault(name, token);
        }
        return token.equals("[") || token.equals("&") ? "\\" + token : token;
    }
}
