package io.smilodon.rest.restheart;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/**
 * The values that a request has for the variables of a stored pipeline, or of its own filter: those
 * of {@code avars}, and {@code @page}, {@code @pagesize}, {@code @limit}, {@code @skip} and {@code
 * @user}, which nobody else can set.
 *
 * @param values by name
 */
public record Variables(Document values) {

    /** The parameter that has them. */
    public static final String PARAMETER = "avars";

    private static final String OWN = "@";

    /**
     * Reads them.
     *
     * @param user what is known of who asks; null's value for nobody
     * @throws SmilodonException {@code BadValue} for an operator in them, which would be carried
     *     out as if the pipeline or filter had it
     */
    static Variables of(Query query, Paging paging, Value user) {
        DocumentBuilder values = Document.builder();
        Document given = query.document(PARAMETER).orElse(Document.EMPTY);
        checkValue(given, Location.ROOT.child(PARAMETER));
        for (Field field : given) {
            if (!field.name().startsWith(OWN)) {
                values.put(field.name(), field.value());
            }
        }
        values.put("@page", paging.page())
                .put("@pagesize", paging.pagesize())
                .put("@limit", paging.pagesize())
                .put("@skip", paging.skip())
                .put("@user", user);
        return new Variables(values.build());
    }

    private static void checkValue(Value value, Location place) {
        switch (value) {
            case Document document ->
                    document.forEach(field -> checkField(field, place.child(field.name())));
            case ArrayValue array -> array.forEach(element -> checkValue(element, place));
            case RegexValue regex -> // where a filter has a value, it is $regex
                    throw operator("$regex", place)
                            .withHint("{\"$regex\": {\"$var\": name}} takes its pattern, a string");
            default -> {}
        }
    }

    private static void checkField(Field field, Location place) {
        if (field.name().startsWith("$")) {
            throw operator(field.name(), place);
        }
        checkValue(field.value(), place);
    }

    private static SmilodonException operator(String name, Location place) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "Variables cannot have operators",
                        Map.of("operator", name))
                .at(place);
    }

    /** The value of this name or path; {@code Missing} if it has none. */
    Value find(String path) {
        return find(values, path);
    }

    /**
     * The same, which is there.
     *
     * @throws SmilodonException {@code BadValue} that names it
     */
    Value get(String path) {
        Value value = find(path);
        if (value == Missing.INSTANCE) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "variable " + path + " not bound",
                            Map.of("variable", path))
                    .at(Location.ROOT.child(PARAMETER).child(path))
                    .withHint("the parameter avars has the values of variables: {\"name\": value}");
        }
        return value;
    }

    private static Value find(Document document, String path) {
        Value whole = document.get(path);
        int dot = path.indexOf('.');
        if (whole != Missing.INSTANCE || dot < 0) {
            return whole;
        }
        return document.get(path.substring(0, dot)) instanceof Document inner
                ? find(inner, path.substring(dot + 1))
                : Missing.INSTANCE;
    }
}
