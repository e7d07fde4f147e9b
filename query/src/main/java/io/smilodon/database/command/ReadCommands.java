package io.smilodon.database.command;

import io.smilodon.database.FindRequest;
import io.smilodon.database.Verbosity;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.security.Action;
import java.util.Map;

/** The commands that read and answer with no cursor. */
final class ReadCommands {

    static final Command COUNT =
            Command.on(
                            Target.COLLECTION,
                            Permission.READ,
                            Requirement.limitable(Requirement.onCollection(Action.FIND)))
                    .optional(FieldKind.OBJECT, "query", "collation", "fields")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .optional(FieldKind.NUMBER, "limit", "maxTimeMS", "skip")
                    .calling(Map.of("filter", "query"))
                    .inTransaction()
                    .by(ReadCommands::count);

    static final Command DISTINCT =
            Command.on(
                            Target.COLLECTION,
                            Permission.READ,
                            Requirement.limitable(Requirement.onCollection(Action.FIND)))
                    .required(FieldKind.STRING, "key")
                    .optional(FieldKind.OBJECT, "query", "collation")
                    .optional(FieldKind.STRING_OR_OBJECT, "hint")
                    .optional(FieldKind.NUMBER, "maxTimeMS")
                    .calling(Map.of("filter", "query"))
                    .inTransaction()
                    .by(ReadCommands::distinct);

    private ReadCommands() {}

    /**
     * What a command counts or looks through. A negative limit counts like a positive one, as it
     * always has in MongoDB's {@code count}.
     *
     * @throws SmilodonException 115 for a collation
     */
    static FindRequest request(Body body) {
        return FindRequest.of(body.document("query"))
                .withHint(body.value("hint"))
                .withCollation(body.document("collation"))
                .withSkip(body.number("skip"))
                .withLimit(Math.abs(body.number("limit")))
                .withMaxTimeMillis(body.number("maxTimeMS"));
    }

    private static Document count(Invocation invocation) {
        long count = invocation.collection().count(request(invocation.body()));
        return Document.of("n", NumberValue.intOrLong(count));
    }

    private static Document distinct(Invocation invocation) {
        String key = invocation.body().text("key").orElseThrow();
        FindRequest request = request(invocation.body());
        return Document.of("values", ArrayValue.of(invocation.collection().distinct(key, request)));
    }

    static Document explainDistinct(Invocation command, Verbosity verbosity) {
        String key = command.body().text("key").orElseThrow();
        return command.collection().explainDistinct(key, request(command.body()), verbosity);
    }
}
