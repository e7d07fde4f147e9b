package io.smilodon.golden;

import io.smilodon.database.DeleteOptions;
import io.smilodon.database.DeleteResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.FindAndModifyOptions;
import io.smilodon.database.FindAndModifyResult;
import io.smilodon.database.InsertManyResult;
import io.smilodon.database.UpdateOptions;
import io.smilodon.database.UpdateResult;
import io.smilodon.database.WriteError;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The writing commands, as calls of methods. */
final class EmbeddedWrites {

    private EmbeddedWrites() {}

    static Answer insert(DocumentCollection collection, Document command) {
        List<Document> documents = EmbeddedServer.parts(command, "documents");
        InsertManyResult result = collection.insertMany(documents, isOrdered(command));
        return done(result.insertedCount(), Document.builder(), result.writeErrors());
    }

    private static boolean isOrdered(Document command) {
        return !command.get("ordered").equals(Value.of(false));
    }

    private static Answer done(int count, DocumentBuilder answer, List<WriteError> errors) {
        answer.put("n", count);
        if (!errors.isEmpty()) {
            answer.put(
                    "writeErrors",
                    ArrayValue.of(errors.stream().map(EmbeddedWrites::written).toList()));
        }
        return new Answer.Done(answer.build());
    }

    private static Document written(WriteError error) {
        DocumentBuilder written =
                Document.builder()
                        .put("index", error.index())
                        .put("code", error.code().number())
                        .put("errmsg", error.message());
        error.keyPattern().ifPresent(pattern -> written.put("keyPattern", pattern));
        error.keyValue().ifPresent(value -> written.put("keyValue", value));
        error.errInfo().ifPresent(reason -> written.put("errInfo", reason));
        return written.build();
    }

    static Answer update(DocumentCollection collection, Document command) {
        List<Document> statements = EmbeddedServer.parts(command, "updates");
        List<WriteError> errors = new ArrayList<>();
        List<Value> upserted = new ArrayList<>();
        int count = 0;
        int modified = 0;
        for (int index = 0; index < statements.size(); index++) {
            try {
                UpdateResult result = update(collection, statements.get(index), command);
                count += (int) result.matchedCount() + (result.upsertedId().isPresent() ? 1 : 0);
                modified += (int) result.modifiedCount();
                if (result.upsertedId().isPresent()) {
                    Document position = Document.of("index", Value.of(index));
                    upserted.add(position.with("_id", result.upsertedId().get()));
                }
            } catch (SmilodonException failure) {
                errors.add(WriteError.of(index, failure));
                if (isOrdered(command)) {
                    break;
                }
            }
        }
        DocumentBuilder answer = Document.builder().put("nModified", modified);
        if (!upserted.isEmpty()) {
            answer.put("upserted", ArrayValue.of(upserted));
        }
        return done(count, answer, errors);
    }

    private static UpdateResult update(
            DocumentCollection collection, Document statement, Document command) {
        Document filter = EmbeddedServer.part(statement, "q");
        Value update = statement.get("u");
        UpdateOptions options =
                options(statement)
                        .withLet(EmbeddedServer.part(command, "let"))
                        .withConstants(EmbeddedServer.part(statement, "c"));
        if (isReplacement(update)) {
            return collection.replaceOne(filter, (Document) update, options);
        }
        return EmbeddedServer.flag(statement, "multi")
                ? collection.updateMany(filter, update, options)
                : collection.updateOne(filter, update, options);
    }

    private static UpdateOptions options(Document statement) {
        return UpdateOptions.DEFAULTS
                .withUpsert(EmbeddedServer.flag(statement, "upsert"))
                .withSort(EmbeddedServer.part(statement, "sort"))
                .withArrayFilters(EmbeddedServer.parts(statement, "arrayFilters"));
    }

    private static boolean isReplacement(Value update) {
        if (update instanceof Document document) {
            Iterator<Field> fields = document.iterator();
            return !fields.hasNext() || !fields.next().name().startsWith("$");
        }
        return false;
    }

    static Answer delete(DocumentCollection collection, Document command) {
        int count = 0;
        for (Document statement : EmbeddedServer.parts(command, "deletes")) {
            Document filter = EmbeddedServer.part(statement, "q");
            boolean isMulti = statement.get("limit").equals(Value.of(0));
            DeleteResult result =
                    isMulti
                            ? collection.deleteMany(filter, DeleteOptions.DEFAULTS)
                            : collection.deleteOne(filter, DeleteOptions.DEFAULTS);
            count += (int) result.deletedCount();
        }
        return done(count, Document.builder(), List.of());
    }

    static Answer findAndModify(DocumentCollection collection, Document command) {
        Document filter = EmbeddedServer.part(command, "query");
        Value update = command.get("update");
        FindAndModifyOptions options =
                FindAndModifyOptions.DEFAULTS
                        .withUpdate(options(command).withLet(EmbeddedServer.part(command, "let")))
                        .withProjection(EmbeddedServer.part(command, "fields"));
        if (EmbeddedServer.flag(command, "new")) {
            options = options.returningNew();
        }
        if (EmbeddedServer.flag(command, "remove")) {
            return returned(collection.findOneAndDelete(filter, options));
        }
        return returned(
                isReplacement(update)
                        ? collection.findOneAndReplace(filter, (Document) update, options)
                        : collection.findOneAndUpdate(filter, update, options));
    }

    private static Answer returned(FindAndModifyResult result) {
        Value value = result.value().<Value>map(found -> found).orElse(NullValue.INSTANCE);
        return new Answer.Done(Document.of("value", value));
    }
}
