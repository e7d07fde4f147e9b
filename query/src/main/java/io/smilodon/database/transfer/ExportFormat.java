package io.smilodon.database.transfer;

import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In what form documents go out. */
public enum ExportFormat {
    /** Extended JSON, a document in each line. */
    NDJSON("application/x-ndjson") {
        @Override
        public DocumentText text(List<String> fields, JsonMode mode) {
            return new JsonText(mode, "", "\n", "\n");
        }
    },
    /** An array of them. */
    JSON("application/json; charset=utf-8") {
        @Override
        public DocumentText text(List<String> fields, JsonMode mode) {
            return new JsonText(mode, "[", ",\n", "]\n");
        }
    },
    /** Comma-separated values (RFC 4180), the names of the fields first. */
    CSV("text/csv; charset=utf-8; header=present") {
        @Override
        public DocumentText text(List<String> fields, JsonMode mode) {
            if (fields.isEmpty()) {
                throw new SmilodonException(
                                ErrorCode.BAD_VALUE, "A table of documents needs its columns")
                        .at(Location.ROOT.child("fields"))
                        .withHint("fields=title,year,rating.score");
            }
            return new CsvText(fields, mode);
        }
    };

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<ExportFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /**
     * Makes the text.
     *
     * @param fields paths of the fields that make the columns, for {@link #CSV}
     */
    public abstract DocumentText text(List<String> fields, JsonMode mode);
}
