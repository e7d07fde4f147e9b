package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A body of the type {@code multipart/form-data} (RFC 7578), whose parts are handed on as they
 * come, so that parts of any size take little memory. Used once, by one thread.
 *
 * <pre>
 * body := [preamble] (CRLF "--" boundary CRLF headers CRLF content)* CRLF "--" boundary "--"
 *         (the first CRLF is missing without a preamble)
 * </pre>
 */
public final class FormBody {

    private static final int WINDOW_BYTES = 64 << 10;
    private static final int BOUNDARY_BYTES_MAX = 70;
    private static final int PART_COUNT_MAX = 20;
    private static final int HEADERS_BYTES_MAX = 8 << 10;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] window = new byte[WINDOW_BYTES];
    private int start;
    private int end;

    private FormBody(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(LINE_END, 0, window, 0, LINE_END.length);
        this.end = LINE_END.length;
    }

    /**
     * What a part says of itself.
     *
     * @param name of the field
     * @param filename what the sender calls the file; empty for a plain field
     * @param type its media type, if it has one
     */
    public record Part(String name, Optional<String> filename, Optional<String> type) {}

    /**
     * Reads a body.
     *
     * @param type its media type, with the boundary
     * @param receiver where the bytes of a part go
     * @throws SmilodonException {@code FailedToParse} if it is malformed or ends too early, and
     *     what the receiver throws
     */
    public static void read(String type, InputStream body, Function<Part, OutputStream> receiver) {
        String boundary = HeaderValue.parameters(type).getOrDefault("boundary", "");
        if (boundary.isEmpty() || boundary.length() > BOUNDARY_BYTES_MAX) {
            throw malformed("The type of a form has a boundary of 1 to 70 characters");
        }
        try {
            new FormBody(body, boundary).readParts(receiver);
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    private void readParts(Function<Part, OutputStream> receiver) throws IOException {
        copyContent(OutputStream.nullOutputStream());
        int count = 0;
        while (!isEnd()) {
            count++;
            if (count > PART_COUNT_MAX) {
                throw malformed("The form has too many parts");
            }
            copyContent(receiver.apply(part(headers())));
        }
    }

    /** Whether the delimiter that was read is the last one; reads the rest of its line if not. */
    private boolean isEnd() throws IOException {
        while (end - start < 2) {
            fill();
        }
        if (window[start] == '-' && window[start + 1] == '-') {
            return true;
        }
        if (!line(HEADERS_BYTES_MAX).isBlank()) {
            throw malformed("Something stands behind a boundary of the form");
        }
        return false;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int room = HEADERS_BYTES_MAX;
        String line = line(room);
        while (!line.isEmpty()) {
            room -= line.length();
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw malformed("A header of a part has a name");
            }
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            line = line(room);
        }
        return headers;
    }

    private static Part part(Map<String, String> headers) {
        Map<String, String> said =
                HeaderValue.parameters(headers.getOrDefault("Content-Disposition", ""));
        if (!said.containsKey("name")) {
            throw malformed("A part of a form has a name");
        }
        return new Part(
                said.get("name"),
                Optional.ofNullable(said.get("filename")),
                Optional.ofNullable(headers.get("Content-Type")));
    }

    private String line(int bytesMax) throws IOException {
        int at = find(LINE_END);
        while (at < 0 && end - start <= bytesMax) {
            fill();
            at = find(LINE_END);
        }
        if (at < 0 || at - start > bytesMax) {
            throw malformed("The headers of a part are too large");
        }
        String line = new String(window, start, at - start, StandardCharsets.UTF_8);
        start = at + LINE_END.length;
        return line;
    }

    /** Copies what comes before the next delimiter, and passes by that. */
    private void copyContent(OutputStream output) throws IOException {
        int at = find(delimiter);
        while (at < 0) {
            int safe = Math.max(start, end - delimiter.length + 1);
            output.write(window, start, safe - start);
            start = safe;
            fill();
            at = find(delimiter);
        }
        output.write(window, start, at - start);
        start = at + delimiter.length;
    }

    /** Where these bytes begin, of which the first one does not come again; -1 if nowhere. */
    private int find(byte[] wanted) {
        for (int at = start; at <= end - wanted.length; at++) {
            if (window[at] == wanted[0]
                    && Arrays.equals(window, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Reads more, behind what has not been used. */
    private void fill() throws IOException {
        System.arraycopy(window, start, window, 0, end - start);
        end -= start;
        start = 0;
        int count = body.read(window, end, window.length - end);
        if (count < 0) {
            throw malformed("The form ends too early");
        }
        end += count;
    }

    private static SmilodonException malformed(String message) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, message);
    }
}
