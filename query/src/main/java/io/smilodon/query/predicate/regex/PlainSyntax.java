package io.smilodon.query.predicate.regex;

/**
 * A pattern without what no engine here knows: comments, the white space and comments that mean
 * nothing with option {@code x}, and {@code \N}, any character but a newline.
 */
final class PlainSyntax {

    private static final String ANY_BUT_NEWLINE = "\\N";
    private static final String COMMENT = "(?#";

    private PlainSyntax() {}

    /**
     * The same pattern without them.
     *
     * @param isExtended whether it has option {@code x}
     */
    static String of(String pattern, boolean isExtended) {
        boolean isPlain = !pattern.contains(ANY_BUT_NEWLINE) && !pattern.contains(COMMENT);
        return isPlain && !isExtended ? pattern : rewritten(pattern, isExtended);
    }

    private static String rewritten(String pattern, boolean isExtended) {
        StringBuilder plain = new StringBuilder(pattern.length());
        PatternScanner scanner = new PatternScanner(pattern);
        while (scanner.hasNext()) {
            String token = scanner.next();
            if (scanner.isInClass()) {
                plain.append(token);
            } else if (token.equals("(") && scanner.isBefore("?#")) {
                plain.append(scanner.skipPast(')') ? "" : token);
            } else if (isExtended && token.equals("#")) {
                scanner.skipLine();
            } else if (token.equals(ANY_BUT_NEWLINE)) {
                plain.append("[^\\n]");
            } else if (!isExtended || !isSpace(token.charAt(0))) {
                plain.append(token);
            }
        }
        return plain.toString();
    }

    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
