package io.smilodon.database.transfer;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/** In what form documents come in. */
public enum ImportFormat {
    /** Extended JSON, a document after the other. */
    NDJSON {
        @Override
        Iterator<Document> read(InputStream input, ImportOptions options) {
            return ExtendedJson.readDocuments(input);
        }
    },
    /** An array of them; documents one after the other are taken too. */
    JSON {
        @Override
        Iterator<Document> read(InputStream input, ImportOptions options) {
            return ExtendedJson.readDocuments(input);
        }
    },
    /** Comma-separated values (RFC 4180). */
    CSV {
        @Override
        Iterator<Document> read(InputStream input, ImportOptions options) {
            return new CsvDocuments(input, options.csv());
        }
    };

    public static Optional<ImportFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** The documents, read as they are asked for. The stream stays open. */
    abstract Iterator<Document> read(InputStream input, ImportOptions options);
}
