package io.smilodon.rest.restheart;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headers that say something of a body and have parameters (RFC 9110, RFC 6266, RFC 7578). */
public final class HeaderValue {

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([A-Za-z*]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private HeaderValue() {}

    /** Its parameters, by their names in small letters. */
    static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            String value =
                    quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\([\"\\\\])", "$1");
            parameters.putIfAbsent(matcher.group(1), value);
        }
        return parameters;
    }

    /** Content-Disposition of what is shown where it is asked for, and kept under this name. */
    public static String inline(String filename) {
        String ascii = filename.replaceAll("[^ -~]|[\"\\\\%;]", "_");
        String encoded = URLEncoder.encode(filename, StandardCharsets.UTF_8).replace("+", "%20");
        return "inline; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
