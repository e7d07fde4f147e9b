package io.smilodon.database.transfer;

import io.smilodon.engine.value.Document;
import java.util.List;

/**
 * How documents are imported.
 *
 * @param upsertFields paths in which a document agrees with the one that it stands for
 * @param csv how comma-separated values are read
 * @param stopsOnError whether the first document that cannot be written ends the import
 * @param constants fields that every document gets
 */
public record ImportOptions(
        ImportFormat format,
        ImportMode mode,
        List<String> upsertFields,
        CsvOptions csv,
        boolean stopsOnError,
        Document constants) {

    public ImportOptions {
        upsertFields = List.copyOf(upsertFields);
    }

    /** New documents in this form; those that cannot be written are left out. */
    public static ImportOptions of(ImportFormat format) {
        return new ImportOptions(
                format,
                ImportMode.INSERT,
                List.of("_id"),
                CsvOptions.DEFAULTS,
                false,
                Document.EMPTY);
    }
}
