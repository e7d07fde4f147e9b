package io.smilodon.database.transfer;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of comma-separated values as documents, one at a time. Not thread-safe. */
final class CsvDocuments implements Iterator<Document> {

    private final CsvReader rows;
    private final CsvColumns columns;
    private Optional<List<String>> ahead;

    /**
     * @param csv UTF-8; its first row names the columns unless the options do
     */
    CsvDocuments(InputStream csv, ImportOptions options) {
        // A decoder made so reports what is malformed instead of replacing it.
        this.rows =
                new CsvReader(
                        new BufferedReader(
                                new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder())));
        List<String> names =
                options.columns().isEmpty()
                        ? rows.next().orElseThrow(CsvDocuments::empty)
                        : options.columns();
        this.columns = CsvColumns.of(names, options.columnsHaveTypes(), options.ignoresBlanks());
        this.ahead = rows.next();
    }

    private static SmilodonException empty() {
        return new SmilodonException(
                ErrorCode.FAILED_TO_PARSE, "There is no row that names the columns");
    }

    @Override
    public boolean hasNext() {
        return ahead.isPresent();
    }

    @Override
    public Document next() {
        Document document =
                columns.document(ahead.orElseThrow(NoSuchElementException::new), rows.rowLine());
        ahead = rows.next();
        return document;
    }
}
