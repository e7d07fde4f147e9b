package io.smilodon.database.transfer;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads rows of comma-separated values. Fields may stand in double quotes, which a doubled quote
 * stands for inside; lines end with LF, CR LF or CR; empty lines are passed over. Holds one row at
 * a time. Not thread-safe.
 *
 * <p>Source: RFC 4180.
 */
final class CsvReader {

    /** Fields in a row. */
    static final int FIELDS_MAX = 10_000;

    private static final int END = -1;
    private static final int NOTHING_AHEAD = -2;
    private static final char QUOTE = '"';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader text;
    private final char separator;
    private int ahead = NOTHING_AHEAD;
    private long line = 1;
    private long rowLine = 1;
    private int rowLength;

    CsvReader(Reader text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /** The line that the last row began in. */
    long rowLine() {
        return rowLine;
    }

    /**
     * The next row; empty at the end.
     *
     * @throws SmilodonException {@code FailedToParse} for a quote where none can be, 10334 for a
     *     row that is larger than a document may be
     */
    Optional<List<String>> next() {
        int first = peek();
        while (first == '\n' || first == '\r' || (line == 1 && first == BYTE_ORDER_MARK)) {
            take();
            first = peek();
        }
        if (first == END) {
            return Optional.empty();
        }
        rowLine = line;
        rowLength = 0;
        List<String> row = new ArrayList<>();
        boolean isGoingOn = true;
        while (isGoingOn) {
            if (row.size() == FIELDS_MAX) {
                throw failed("A row has too many fields", Map.of("max", FIELDS_MAX));
            }
            row.add(peek() == QUOTE ? quoted() : plain());
            isGoingOn = peek() == separator;
            if (isGoingOn) {
                take();
            }
        }
        endLine();
        return Optional.of(row);
    }

    private String plain() {
        StringBuilder field = new StringBuilder();
        for (int c = peek(); c != separator && c != '\n' && c != '\r' && c != END; c = peek()) {
            if (c == QUOTE) {
                throw failed("A quote stands inside a field that is not quoted", Map.of());
            }
            append(field, take());
        }
        return field.toString();
    }

    private String quoted() {
        take();
        StringBuilder field = new StringBuilder();
        while (true) {
            int c = take();
            if (c == END) {
                throw failed("A quoted field does not end", Map.of());
            }
            if (c != QUOTE) {
                append(field, c);
            } else if (peek() == QUOTE) {
                append(field, take());
            } else {
                requireEndOfField();
                return field.toString();
            }
        }
    }

    private void requireEndOfField() {
        int c = peek();
        if (c != separator && c != '\n' && c != '\r' && c != END) {
            throw failed("A quoted field is followed by other text", Map.of());
        }
    }

    private void append(StringBuilder field, int c) {
        rowLength++;
        if (rowLength > Limits.DOCUMENT_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "A row is larger than a document may be",
                    Map.of("line", rowLine, "max", Limits.DOCUMENT_BYTES_MAX));
        }
        field.append((char) c);
    }

    private void endLine() {
        if (peek() == '\r') {
            take();
        }
        if (peek() == '\n') {
            take();
        }
    }

    private int peek() {
        if (ahead == NOTHING_AHEAD) {
            ahead = read();
        }
        return ahead;
    }

    private int take() {
        int c = peek();
        ahead = NOTHING_AHEAD;
        if (c == '\n' || (c == '\r' && peek() != '\n')) {
            line++;
        }
        return c;
    }

    private int read() {
        try {
            return text.read();
        } catch (CharacterCodingException malformed) {
            throw failed("Text is not UTF-8", Map.of());
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    private SmilodonException failed(String text, Map<String, ?> more) {
        Map<String, Object> details = new TreeMap<>(more);
        details.put("line", line);
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, text, details);
    }
}
