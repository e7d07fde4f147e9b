package io.smilodon.rest.restheart;

import io.smilodon.engine.error.SmilodonException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks for in its query string, in RESTHeart's words.
 *
 * @param query as text
 * @param idType of what type the {@code _id} in the path is
 */
public record Parameters(
        Query query,
        Selection selection,
        Paging paging,
        Form form,
        IdType idType,
        Writing writing) {

    /** What every request may have: how the answer is written, and what there is no use for. */
    public static final Set<String> GENERAL =
            Set.of(
                    "rep",
                    "jsonMode",
                    "hal",
                    "np",
                    "cache",
                    "nocache",
                    "readPreference",
                    "sid",
                    "txn");

    private static final Set<String> READ_CONCERNS =
            Set.of("local", "available", "majority", "linearizable", "snapshot");

    /**
     * Reads them.
     *
     * @throws SmilodonException {@code BadValue} (2) or {@code FailedToParse} (9) that names the
     *     parameter
     */
    public static Parameters of(Map<String, List<String>> values) {
        Query query = new Query(values);
        checkReadConcern(query);
        return new Parameters(
                query,
                Selection.of(query),
                Paging.of(query),
                Form.of(query),
                query.named("id_type", IdType.values(), IdType::names).orElse(IdType.STRING_OID),
                Writing.of(query));
    }

    /** On one member all of them mean the same, as every commit is read when it is done. */
    private static void checkReadConcern(Query query) {
        String name = "readConcern";
        query.first(name)
                .filter(text -> !READ_CONCERNS.contains(text.strip().toLowerCase(Locale.ROOT)))
                .ifPresent(
                        text -> {
                            throw Query.wrong(
                                    name, text, "local, majority, linearizable or snapshot");
                        });
    }
}
