package io.smilodon.rest.restheart;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks for in its query string, in RESTHeart's words.
 *
 * @param query as text
 * @param variables the values that they have in this request
 * @param idType of what type the {@code _id} in the path is
 */
public record Parameters(
        Query query,
        Variables variables,
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
     * @param user what variables tell of who asks
     * @throws SmilodonException {@code BadValue} (2) or {@code FailedToParse} (9) that names the
     *     parameter
     */
    public static Parameters of(Map<String, List<String>> values, Value user) {
        Query query = new Query(values);
        checkReadConcern(query);
        Paging paging = Paging.of(query);
        Variables variables = Variables.of(query, paging, user);
        return new Parameters(
                query,
                variables,
                Selection.of(query, variables),
                paging,
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
