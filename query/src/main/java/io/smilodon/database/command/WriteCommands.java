package io.smilodon.database.command;

import io.smilodon.database.InsertManyResult;
import io.smilodon.database.WriteError;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import java.util.List;

/** The commands that write many documents: each write may fail on its own. */
final class WriteCommands {

    static final Command INSERT =
            Command.on(Target.COLLECTION, Permission.WRITE)
                    .required(FieldKind.ARRAY, "documents")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "ordered", "bypassDocumentValidation")
                    .optional(FieldKind.NUMBER, "maxTimeMS")
                    .writeConcern()
                    .inTransaction()
                    .by(WriteCommands::insert);

    private WriteCommands() {}

    private static Document insert(Invocation invocation) {
        Body body = invocation.body();
        InsertManyResult result =
                invocation
                        .writtenCollection()
                        .insertMany(body.documents("documents"), body.flag("ordered", true));
        DocumentBuilder answer = Document.builder().put("n", result.insertedCount());
        putErrors(result.writeErrors(), answer);
        return answer.build();
    }

    private static void putErrors(List<WriteError> errors, DocumentBuilder answer) {
        if (!errors.isEmpty()) {
            answer.put(
                    "writeErrors",
                    ArrayValue.of(errors.stream().map(WriteCommands::error).toList()));
        }
    }

    private static Document error(WriteError error) {
        DocumentBuilder answer =
                Document.builder()
                        .put("index", error.index())
                        .put("code", error.code().number())
                        .put("errmsg", error.message());
        error.keyPattern().ifPresent(pattern -> answer.put("keyPattern", pattern));
        error.keyValue().ifPresent(value -> answer.put("keyValue", value));
        return answer.build();
    }
}
