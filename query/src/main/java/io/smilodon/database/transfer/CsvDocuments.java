package io.smilodon.database.transfer;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
    CsvDocuments(InputStream csv, CsvOptions options) {
        // A decoder made so reports what is malformed instead of replacing it.
        this.rows =
                new CsvReader(
                        new BufferedReader(
                                new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder())),
                        options.separator());
        List<String> names =
                options.columns().isEmpty()
                        ? rows.next().orElseThrow(CsvDocuments::empty)
                        : options.columns();
        this.columns = CsvColumns.of(named(names, options), options);
        this.ahead = rows.next();
    }

    private static List<String> named(List<String> names, CsvOptions options) {
        if (options.idColumn().isEmpty()) {
            return names;
        }
        int position = options.idColumn().getAsInt();
        if (position >= names.size()) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "There is no column at the position of the _id",
                    Map.of("position", position, "columns", names.size()));
        }
        List<String> renamed = new ArrayList<>(names);
        renamed.set(position, "_id");
        return renamed;
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
