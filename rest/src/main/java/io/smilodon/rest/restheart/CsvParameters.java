package io.smilodon.rest.restheart;

import io.smilodon.database.transfer.CsvOptions;
import io.smilodon.database.transfer.ImportFormat;
import io.smilodon.database.transfer.ImportMode;
import io.smilodon.database.transfer.ImportOptions;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.OptionalInt;

/**
 * What an upload of comma-separated values asks for.
 *
 * @param database where the documents go
 * @param collection where the documents go
 * @param options how they are read and written
 */
public record CsvParameters(String database, String collection, ImportOptions options) {

    private static final String ID = "id";
    private static final String SEPARATOR = "sep";
    private static final int COLUMNS_MAX = 10_000;

    /**
     * Reads them.
     *
     * @throws SmilodonException {@code BadValue} (2) that names the parameter
     */
    public static CsvParameters of(Query query) {
        String database = required(query, "db");
        String collection = required(query, "coll");
        Reserved.refuse(Reserved.isDatabase(database), database);
        Reserved.refuse(Reserved.isCollection(collection), collection);
        Reserved.refuse(Kind.of(collection) != Kind.COLLECTION, collection);
        ImportOptions options =
                new ImportOptions(
                        ImportFormat.CSV,
                        mode(query),
                        List.of("_id"),
                        csv(query),
                        false,
                        constants(query));
        return new CsvParameters(database, collection, options);
    }

    private static String required(Query query, String name) {
        return query.first(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Query.wrong(name, "", "there"));
    }

    /** What is done with documents that are there already. */
    private static ImportMode mode(Query query) {
        if (!query.flag("update")) {
            return ImportMode.INSERT;
        }
        required(query, ID);
        boolean isUpsert = query.first("upsert").isEmpty() || query.flag("upsert");
        return isUpsert ? ImportMode.MERGE : ImportMode.UPDATE;
    }

    private static CsvOptions csv(Query query) {
        String separator = query.first(SEPARATOR).orElse(",");
        if (separator.length() != 1 || "\"\r\n".contains(separator)) {
            throw Query.wrong(SEPARATOR, separator, "one character, and no quote or end of line");
        }
        OptionalInt idColumn =
                query.first(ID).isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(query.number(ID, 0, 0, COLUMNS_MAX));
        return new CsvOptions(List.of(), false, false, true, separator.charAt(0), idColumn);
    }

    private static Document constants(Query query) {
        List<String> names = query.all("props");
        List<String> values = query.all("values");
        if (names.size() != values.size()) {
            throw Query.wrong("values", "", "as often there as props");
        }
        DocumentBuilder constants = Document.builder();
        for (int place = 0; place < names.size(); place++) {
            constants.put(names.get(place), value(values.get(place)));
        }
        return constants.build();
    }

    /** JSON if it can be, else text. */
    private static Value value(String text) {
        try {
            return ExtendedJson.readValue(text);
        } catch (SmilodonException noJson) {
            return Value.of(text);
        }
    }
}
