package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.List;

/**
 * How to update or replace.
 *
 * @param upsert whether to insert a document when none matches
 * @param sort which document comes first where one is updated; empty for the first one found
 * @param hint the index to use, by name or by key pattern; {@code Missing} leaves it to the planner
 * @param maxTimeMillis time after which the operation fails; 0 for the database's own limit
 * @param arrayFilters which elements {@code $[name]} means in the paths of the update
 * @param let variables that expressions of the filter and of a pipeline may use
 * @param constants values that a pipeline sees as variables, MongoDB's {@code c}
 * @param collation how strings compare; empty for the collection's way
 */
public record UpdateOptions(
        boolean upsert,
        Document sort,
        Value hint,
        long maxTimeMillis,
        List<Document> arrayFilters,
        Document let,
        Document constants,
        Document collation) {

    public static final UpdateOptions DEFAULTS =
            new UpdateOptions(
                    false,
                    Document.EMPTY,
                    Missing.INSTANCE,
                    0,
                    List.of(),
                    Document.EMPTY,
                    Document.EMPTY,
                    Document.EMPTY);

    public UpdateOptions {
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
        arrayFilters = List.copyOf(arrayFilters);
    }

    public UpdateOptions withUpsert(boolean insertIfNoneMatches) {
        return new UpdateOptions(
                insertIfNoneMatches,
                sort,
                hint,
                maxTimeMillis,
                arrayFilters,
                let,
                constants,
                collation);
    }

    public UpdateOptions withSort(Document order) {
        return new UpdateOptions(
                upsert, order, hint, maxTimeMillis, arrayFilters, let, constants, collation);
    }

    public UpdateOptions withHint(Value index) {
        return new UpdateOptions(
                upsert, sort, index, maxTimeMillis, arrayFilters, let, constants, collation);
    }

    public UpdateOptions withMaxTimeMillis(long millis) {
        return new UpdateOptions(
                upsert, sort, hint, millis, arrayFilters, let, constants, collation);
    }

    public UpdateOptions withArrayFilters(List<Document> filters) {
        return new UpdateOptions(
                upsert, sort, hint, maxTimeMillis, filters, let, constants, collation);
    }

    public UpdateOptions withLet(Document variables) {
        return new UpdateOptions(
                upsert, sort, hint, maxTimeMillis, arrayFilters, variables, constants, collation);
    }

    public UpdateOptions withConstants(Document values) {
        return new UpdateOptions(
                upsert, sort, hint, maxTimeMillis, arrayFilters, let, values, collation);
    }

    public UpdateOptions withCollation(Document strings) {
        return new UpdateOptions(
                upsert, sort, hint, maxTimeMillis, arrayFilters, let, constants, strings);
    }
}
