package io.smilodon.database.command;

import io.smilodon.database.WriteError;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;

/** An error as MongoDB's server answers it: {@code {ok: 0, errmsg, code, codeName, …}}. */
public final class CommandFailure {

    /** What belongs to the answer itself, and is not told in its text. */
    private static final List<String> OWN_FIELDS =
            List.of(
                    "keyPattern",
                    "keyValue",
                    "violations",
                    "errInfo",
                    "db",
                    ExpectedCollection.FIELD,
                    "expectedCollection",
                    "actualCollection");

    private CommandFailure() {}

    /** What a command answers that fails. */
    public static Document answer(SmilodonException failure) {
        DocumentBuilder answer =
                Document.builder()
                        .put("ok", 0.0)
                        .put("errmsg", text(failure))
                        .put("code", failure.code().number())
                        .put("codeName", failure.code().name());
        putDetails(failure, answer);
        failure.location().map(Location::pointer).ifPresent(at -> answer.put("pointer", at));
        failure.hint().ifPresent(hint -> answer.put("hint", hint));
        if (!failure.labels().isEmpty()) {
            List<Value> labels = failure.labels().stream().map(Value::of).toList();
            answer.put("errorLabels", ArrayValue.of(labels));
        }
        return answer.build();
    }

    /** An error of one write of several. */
    static Document ofWrite(int index, SmilodonException failure) {
        DocumentBuilder answer =
                Document.builder()
                        .put("index", index)
                        .put("code", failure.code().number())
                        .put("errmsg", text(failure));
        putDetails(failure, answer);
        return answer.build();
    }

    /** The same, of a write that has been reported already. */
    static Document ofWrite(WriteError error) {
        DocumentBuilder answer =
                Document.builder()
                        .put("index", error.index())
                        .put("code", error.code().number())
                        .put("errmsg", error.message());
        error.keyPattern().ifPresent(pattern -> answer.put("keyPattern", pattern));
        error.keyValue().ifPresent(value -> answer.put("keyValue", value));
        error.errInfo().ifPresent(reason -> answer.put("errInfo", reason));
        return answer.build();
    }

    private static void putDetails(SmilodonException failure, DocumentBuilder answer) {
        for (String name : OWN_FIELDS) {
            if (failure.details().get(name) instanceof Value detail) {
                answer.put(name, detail);
            }
        }
    }

    /** Clients parse the text of a duplicate key, which has its details in it. */
    static String text(SmilodonException failure) {
        boolean isComplete =
                failure.code().equals(ErrorCode.DUPLICATE_KEY)
                        || OWN_FIELDS.stream().anyMatch(failure.details()::containsKey);
        return isComplete ? failure.template() : failure.getMessage();
    }
}
