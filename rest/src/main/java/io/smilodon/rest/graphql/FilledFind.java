package io.smilodon.rest.graphql;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Map;

/**
 * What to find for one field, its template filled.
 *
 * @param filter which documents
 * @param sort their order; empty for none
 * @param skip how many to leave out
 * @param limit how many at most
 */
record FilledFind(Document filter, Document sort, int skip, int limit) {

    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final int SKIP_MAX = 1_000_000_000;

    /**
     * Fills the template.
     *
     * @param arguments find, sort, skip and limit, those that are given
     * @param isList whether the field takes more than one document
     */
    static FilledFind of(Document arguments, Template.Holes holes, boolean isList) {
        int limit = isList ? number(arguments, "limit", holes, LIMIT_DEFAULT) : 1;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw outside("limit", limit, LIMIT_MAX);
        }
        int skip = number(arguments, "skip", holes, 0);
        if (skip < 0) {
            throw outside("skip", skip, SKIP_MAX);
        }
        return new FilledFind(
                document(arguments, "find", holes),
                document(arguments, "sort", holes),
                skip,
                limit);
    }

    private static Document document(Document arguments, String name, Template.Holes holes) {
        return document(Template.fill(arguments.get(name), holes), name);
    }

    /** What a template has been filled to; an argument that is null is as one that is not given. */
    static Document document(Value filled, String name) {
        if (filled.isNullish()) {
            return Document.EMPTY;
        }
        if (filled instanceof Document document) {
            return document;
        }
        throw new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "The mapping of a field needs an object here",
                Map.of("name", name, "actual", filled.type().alias()));
    }

    private static int number(
            Document arguments, String name, Template.Holes holes, int byDefault) {
        Value filled = Template.fill(arguments.get(name), holes);
        if (filled.isNullish()) {
            return byDefault;
        }
        if (filled instanceof NumberValue number
                && number.isIntegral()
                && Math.abs(number.toDouble()) <= SKIP_MAX) {
            return (int) number.toLong();
        }
        throw new SmilodonException(
                ErrorCode.BAD_VALUE, "A whole number is needed", Map.of("name", name));
    }

    private static SmilodonException outside(String name, int actual, int max) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "A number is outside its limits",
                Map.of("name", name, "actual", actual, "max", max));
    }

    /** The same with another filter, of however many. */
    FilledFind of(Document otherFilter, int countMax) {
        return new FilledFind(otherFilter, sort, 0, countMax);
    }

    /** The body of the action. */
    Document body(Document projection) {
        DocumentBuilder body = Document.builder().put("filter", filter).put("limit", limit);
        if (!sort.isEmpty()) {
            body.put("sort", sort);
        }
        if (skip > 0) {
            body.put("skip", skip);
        }
        if (!projection.isEmpty()) {
            body.put("projection", projection);
        }
        return body.build();
    }
}
