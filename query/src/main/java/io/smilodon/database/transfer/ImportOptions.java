package io.smilodon.database.transfer;

import java.util.List;

/**
 * How documents are imported.
 *
 * @param upsertFields paths in which a document agrees with the one that it stands for
 * @param columns names of the columns of comma-separated values; empty if the first row has them
 * @param columnsHaveTypes whether a type stands behind each name: {@code year.int32()}
 * @param ignoresBlanks whether columns without text are left out of the document
 * @param stopsOnError whether the first document that cannot be written ends the import
 */
public record ImportOptions(
        ImportFormat format,
        ImportMode mode,
        List<String> upsertFields,
        List<String> columns,
        boolean columnsHaveTypes,
        boolean ignoresBlanks,
        boolean stopsOnError) {

    public ImportOptions {
        upsertFields = List.copyOf(upsertFields);
        columns = List.copyOf(columns);
    }

    /** New documents in this form; those that cannot be written are left out. */
    public static ImportOptions of(ImportFormat format) {
        return new ImportOptions(
                format, ImportMode.INSERT, List.of("_id"), List.of(), false, false, false);
    }
}
