package io.smilodon.database.action;

import io.smilodon.database.DeleteOptions;
import io.smilodon.database.DeleteResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.InsertManyResult;
import io.smilodon.database.InsertOneResult;
import io.smilodon.database.UpdateOptions;
import io.smilodon.database.UpdateResult;
import io.smilodon.database.WriteError;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;

/** The actions that write. */
final class WriteActions {

    static final Action INSERT_ONE =
            Action.writing(
                    BodyRules.builder()
                            .required(FieldKind.OBJECT, "document")
                            .optional(FieldKind.BOOLEAN, Action.BYPASS, Action.KEEPS_EMPTY),
                    WriteActions::insertOne);

    static final Action INSERT_MANY =
            Action.writing(
                    BodyRules.builder()
                            .required(FieldKind.ARRAY, "documents")
                            .optional(
                                    FieldKind.BOOLEAN,
                                    "ordered",
                                    Action.BYPASS,
                                    Action.KEEPS_EMPTY),
                    WriteActions::insertMany);

    static final Action UPDATE_ONE =
            Action.writing(
                    change("update").optional(FieldKind.OBJECT, "sort"),
                    (collection, body) ->
                            answer(
                                    collection.updateOne(
                                            body.document("filter"),
                                            body.value("update"),
                                            options(body))));

    static final Action UPDATE_MANY =
            Action.writing(
                    change("update"),
                    (collection, body) ->
                            answer(
                                    collection.updateMany(
                                            body.document("filter"),
                                            body.value("update"),
                                            options(body))));

    static final Action REPLACE_ONE =
            Action.writing(
                    change("replacement").optional(FieldKind.OBJECT, "sort"),
                    (collection, body) ->
                            answer(
                                    collection.replaceOne(
                                            body.document("filter"),
                                            body.document("replacement"),
                                            options(body))));

    static final Action DELETE_ONE =
            Action.writing(
                    select(),
                    (collection, body) ->
                            answer(
                                    collection.deleteOne(
                                            body.document("filter"), deleteOptions(body))));

    static final Action DELETE_MANY =
            Action.writing(
                    select(),
                    (collection, body) ->
                            answer(
                                    collection.deleteMany(
                                            body.document("filter"), deleteOptions(body))));

    private WriteActions() {}

    private static BodyRules.Builder select() {
        return BodyRules.builder()
                .required(FieldKind.OBJECT, "filter")
                .optional(FieldKind.OBJECT, "let", "collation")
                .optional(FieldKind.STRING_OR_OBJECT, "hint");
    }

    private static BodyRules.Builder change(String name) {
        BodyRules.Builder rules =
                select().optional(FieldKind.BOOLEAN, "upsert", Action.BYPASS, Action.KEEPS_EMPTY);
        return name.equals("update") ? update(rules) : rules.required(FieldKind.OBJECT, name);
    }

    /** An update with what belongs to it. */
    static BodyRules.Builder update(BodyRules.Builder rules) {
        return rules.required(FieldKind.OBJECT_OR_ARRAY, "update")
                .optional(FieldKind.ARRAY, "arrayFilters")
                .optional(FieldKind.OBJECT, "c");
    }

    static UpdateOptions options(Body body) {
        return new UpdateOptions(
                body.flag("upsert", false),
                body.document("sort"),
                body.value("hint"),
                body.number("maxTimeMS"),
                body.documents("arrayFilters"),
                body.document("let"),
                body.document("c"),
                body.document("collation"));
    }

    private static DeleteOptions deleteOptions(Body body) {
        return new DeleteOptions(
                body.value("hint"),
                body.number("maxTimeMS"),
                body.document("let"),
                body.document("collation"));
    }

    private static DocumentBuilder acknowledged() {
        return Document.builder().put("acknowledged", true);
    }

    private static Document insertOne(DocumentCollection collection, Body body) {
        InsertOneResult result = collection.insertOne(body.document("document"));
        return acknowledged().put("insertedId", result.insertedId()).build();
    }

    private static Document insertMany(DocumentCollection collection, Body body) {
        InsertManyResult result =
                collection.insertMany(body.documents("documents"), body.flag("ordered", true));
        DocumentBuilder ids = Document.builder();
        result.inserted().forEach(one -> ids.put(Integer.toString(one.index()), one.id()));
        DocumentBuilder answer =
                acknowledged()
                        .put("insertedCount", result.insertedCount())
                        .put("insertedIds", ids.build());
        if (!result.writeErrors().isEmpty()) {
            answer.put("writeErrors", errors(result.writeErrors()));
        }
        return answer.build();
    }

    static ArrayValue errors(List<WriteError> errors) {
        return ArrayValue.of(errors.stream().map(WriteActions::error).toList());
    }

    private static Document error(WriteError error) {
        DocumentBuilder answer =
                Document.builder()
                        .put("index", new Int32Value(error.index()))
                        .put("code", error.code().number())
                        .put("codeName", error.code().name())
                        .put("message", error.message());
        error.keyPattern().ifPresent(pattern -> answer.put("keyPattern", pattern));
        error.keyValue().ifPresent(value -> answer.put("keyValue", value));
        error.errInfo().ifPresent(reason -> answer.put("errInfo", reason));
        return answer.build();
    }

    /** The count tells an upsert of {@code _id: null} from none. */
    private static Document answer(UpdateResult result) {
        return acknowledged()
                .put("matchedCount", NumberValue.intOrLong(result.matchedCount()))
                .put("modifiedCount", NumberValue.intOrLong(result.modifiedCount()))
                .put("upsertedId", result.upsertedId().orElse(NullValue.INSTANCE))
                .put("upsertedCount", result.upsertedId().isPresent() ? 1 : 0)
                .build();
    }

    private static Document answer(DeleteResult result) {
        Value count = NumberValue.intOrLong(result.deletedCount());
        return acknowledged().put("deletedCount", count).build();
    }
}
