package io.smilodon.database.command;

import io.smilodon.database.FindRequest;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.security.Action;
import java.util.List;
import java.util.stream.Stream;

/** The commands of index filters: which indexes queries of a shape may use. */
final class IndexFilterCommands {

    private static final String QUERY = "query";
    private static final String INDEXES = "indexes";
    private static final String[] SHAPE = {QUERY, "sort", "projection", "collation"};

    static final Command SET =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.PLAN_CACHE_INDEX_FILTER))
                    .optional(FieldKind.ANYTHING, SHAPE)
                    .optional(FieldKind.ANYTHING, INDEXES)
                    .by(IndexFilterCommands::set);

    static final Command LIST =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.PLAN_CACHE_INDEX_FILTER))
                    .by(
                            invocation ->
                                    Document.of(
                                            "filters",
                                            ArrayValue.of(
                                                    invocation
                                                            .collection()
                                                            .planning()
                                                            .indexFilters())));

    static final Command CLEAR =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.PLAN_CACHE_INDEX_FILTER))
                    .optional(FieldKind.ANYTHING, SHAPE)
                    .by(IndexFilterCommands::clear);

    private IndexFilterCommands() {}

    private static Document set(Invocation invocation) {
        Body body = invocation.body();
        List<Value> indexes = indexes(body);
        invocation.collection().planning().filterIndexes(like(body), indexes);
        return Document.EMPTY;
    }

    /** The key patterns in their order, and then the names, each once. */
    private static List<Value> indexes(Body body) {
        if (!body.has(INDEXES)) {
            throw error("required field indexes missing", INDEXES);
        }
        if (!(body.value(INDEXES) instanceof ArrayValue indexes)) {
            throw error("required field indexes must be an array", INDEXES);
        }
        if (indexes.elements().isEmpty()) {
            throw error("required field indexes must contain at least one index", INDEXES);
        }
        for (Value index : indexes) {
            boolean isPattern = index instanceof Document;
            if (!isPattern && !(index instanceof StringValue)) {
                throw error("each item in indexes must be an object or string", INDEXES);
            }
            if (isPattern && ((Document) index).isEmpty()) {
                throw error("index specification cannot be empty", INDEXES);
            }
        }
        Stream<Value> patterns = indexes.elements().stream().filter(Document.class::isInstance);
        Stream<Value> names = indexes.elements().stream().filter(StringValue.class::isInstance);
        return Stream.concat(patterns.sorted(ValueOrder.ASCENDING), names).distinct().toList();
    }

    private static Document clear(Invocation invocation) {
        Body body = invocation.body();
        if (body.has(QUERY)) {
            invocation.collection().planning().clearIndexFilters(like(body));
            return Document.EMPTY;
        }
        for (String field : SHAPE) {
            if (body.has(field)) {
                throw error("sort, projection, or collation provided without query", field);
            }
        }
        invocation.collection().planning().clearIndexFilters();
        return Document.EMPTY;
    }

    /** A query of the shape that is named. */
    private static FindRequest like(Body body) {
        if (!body.has(QUERY)) {
            throw error("required field query missing", QUERY);
        }
        for (String field : SHAPE) {
            if (body.has(field) && !(body.value(field) instanceof Document)) {
                String need = field.equals(QUERY) ? "required" : "optional";
                throw error(need + " field " + field + " must be an object", field);
            }
        }
        return FindRequest.of(body.document(QUERY))
                .withSort(body.document("sort"))
                .withProjection(body.document("projection"))
                .withCollation(body.document("collation"));
    }

    private static SmilodonException error(String text, String field) {
        return new SmilodonException(ErrorCode.BAD_VALUE, text).at(Location.ROOT.child(field));
    }
}
