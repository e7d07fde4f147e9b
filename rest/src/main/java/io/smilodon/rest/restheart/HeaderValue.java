package io.smilodon.rest.restheart;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Headers that say something of a body and have parameters (RFC 9110, RFC 6266, RFC 7578). */
public final class HeaderValue {

    private static final int NAME_LENGTH_MAX = 200;

    private final String text;
    private int position;

    private HeaderValue(String text) {
        this.text = text;
    }

    /** Its parameters, by their names in capitals or not; of several of one name the first. */
    static Map<String, String> parameters(String header) {
        return new HeaderValue(header).parameters();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        until(";");
        while (position < text.length()) {
            position++;
            String name = until("=;").strip();
            if (position < text.length() && text.charAt(position) == '=') {
                position++;
                parameters.putIfAbsent(name, value());
            }
            until(";");
        }
        return parameters;
    }

    private String until(String ends) {
        int start = position;
        while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private String value() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        boolean isQuoted = position < text.length() && text.charAt(position) == '"';
        return isQuoted ? quoted() : until(";").strip();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            boolean isEscaped =
                    text.charAt(position) == '\\'
                            && position + 1 < text.length()
                            && "\"\\".indexOf(text.charAt(position + 1)) >= 0;
            position += isEscaped ? 1 : 0;
            value.append(text.charAt(position));
            position++;
        }
        return value.toString();
    }

    /** Content-Disposition of what is shown where it is asked for, and kept under this name. */
    public static String inline(String filename) {
        int count = filename.codePointCount(0, filename.length());
        String name =
                filename.substring(
                        0, filename.offsetByCodePoints(0, Math.min(count, NAME_LENGTH_MAX)));
        String ascii = name.replaceAll("[^ -~]|[\"\\\\%;]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "inline; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
