package io.smilodon.query.predicate.regex;

/** Option {@code x}: white space and comments in a pattern mean nothing, outside of classes. */
final class ExtendedSyntax {

    private ExtendedSyntax() {}

    /** The same pattern without them, for engines that lack the option. */
    static String strip(String pattern) {
        StringBuilder plain = new StringBuilder(pattern.length());
        PatternScanner scanner = new PatternScanner(pattern);
        while (scanner.hasNext()) {
            String token = scanner.next();
            if (scanner.isInClass() || !isSpace(token.charAt(0))) {
                if (!scanner.isInClass() && token.equals("#")) {
                    scanner.skipLine();
                } else {
                    plain.append(token);
                }
            }
        }
        return plain.toString();
    }

    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
