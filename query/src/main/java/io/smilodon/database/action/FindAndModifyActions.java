package io.smilodon.database.action;

import io.smilodon.database.FindAndModifyOptions;
import io.smilodon.database.FindAndModifyResult;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NullValue;
import java.util.Map;

/** The actions that change a document and return it. */
final class FindAndModifyActions {

    private static final String RETURN_DOCUMENT = "returnDocument";

    static final Action UPDATE =
            Action.writing(
                    WriteActions.update(change()),
                    (collection, body) ->
                            answer(
                                    collection.findOneAndUpdate(
                                            body.document("filter"),
                                            body.value("update"),
                                            options(body))));

    static final Action REPLACE =
            Action.writing(
                    change().required(FieldKind.OBJECT, "replacement"),
                    (collection, body) ->
                            answer(
                                    collection.findOneAndReplace(
                                            body.document("filter"),
                                            body.document("replacement"),
                                            options(body))));

    static final Action DELETE =
            Action.writing(
                    select(),
                    (collection, body) ->
                            answer(
                                    collection.findOneAndDelete(
                                            body.document("filter"), options(body))));

    private FindAndModifyActions() {}

    private static BodyRules.Builder select() {
        return BodyRules.builder()
                .required(FieldKind.OBJECT, "filter")
                .optional(FieldKind.OBJECT, "projection", "sort", "let", "collation")
                .optional(FieldKind.STRING_OR_OBJECT, "hint");
    }

    private static BodyRules.Builder change() {
        return select().optional(FieldKind.BOOLEAN, "upsert", Action.BYPASS, Action.KEEPS_EMPTY)
                .optional(FieldKind.STRING, RETURN_DOCUMENT);
    }

    private static FindAndModifyOptions options(Body body) {
        return new FindAndModifyOptions(
                WriteActions.options(body), body.document("projection"), returnsNew(body));
    }

    static boolean returnsNew(Body body) {
        String name = body.text(RETURN_DOCUMENT).orElse("before");
        if (!name.equals("before") && !name.equals("after")) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "returnDocument is either before or after",
                            Map.of("actual", name))
                    .at(body.location().child(RETURN_DOCUMENT));
        }
        return name.equals("after");
    }

    private static Document answer(FindAndModifyResult result) {
        boolean isUpsert = result.upsertedId().isPresent();
        DocumentBuilder last =
                Document.builder()
                        .put("n", result.updatedExisting() || isUpsert ? 1 : 0)
                        .put("updatedExisting", result.updatedExisting());
        result.upsertedId().ifPresent(id -> last.put("upserted", id));
        DocumentBuilder answer = Document.builder();
        result.value()
                .ifPresentOrElse(
                        value -> answer.put("value", value),
                        () -> answer.put("value", NullValue.INSTANCE));
        return answer.put("lastErrorObject", last.build()).build();
    }
}
