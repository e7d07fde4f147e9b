package io.smilodon.database.transfer;

import java.util.List;
import java.util.OptionalInt;

/**
 * How comma-separated values are read.
 *
 * @param columns names of the columns; empty if the first row has them
 * @param columnsHaveTypes whether a type stands behind each name: {@code year.int32()}
 * @param ignoresBlanks whether columns without text are left out of the document
 * @param readsJson whether a text of a column without a type is JSON if it can be
 * @param separator what stands between two fields
 * @param idColumn the position of the column, from 0, that is the {@code _id} whatever its name;
 *     empty if none is
 */
public record CsvOptions(
        List<String> columns,
        boolean columnsHaveTypes,
        boolean ignoresBlanks,
        boolean readsJson,
        char separator,
        OptionalInt idColumn) {

    /** The first row names the columns, and commas stand between fields. */
    public static final CsvOptions DEFAULTS =
            new CsvOptions(List.of(), false, false, false, ',', OptionalInt.empty());

    public CsvOptions {
        columns = List.copyOf(columns);
        boolean isReadable = separator != '"' && separator != '\n' && separator != '\r';
        if (!isReadable) {
            throw new IllegalArgumentException("separator: " + (int) separator);
        }
    }

    /** The same with these columns. */
    public CsvOptions withColumns(List<String> names, boolean haveTypes) {
        return new CsvOptions(names, haveTypes, ignoresBlanks, readsJson, separator, idColumn);
    }

    /** The same; says whether columns without text are left out. */
    public CsvOptions withoutBlanks(boolean areIgnored) {
        return new CsvOptions(
                columns, columnsHaveTypes, areIgnored, readsJson, separator, idColumn);
    }
}
