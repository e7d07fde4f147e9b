package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;

/** The commands that make capped collections of others. */
final class CappedCommands {

    private static final String SIZE = "size";
    private static final String TO = "toCollection";

    static final Command CONVERT =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.CONVERT_TO_CAPPED))
                    .optional(FieldKind.NUMBER, SIZE)
                    .writeConcern()
                    .by(CappedCommands::convert);

    static final Command CLONE =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            DefinitionRequirement::cloneAsCapped)
                    .required(FieldKind.STRING, TO)
                    .optional(FieldKind.NUMBER, SIZE)
                    .writeConcern()
                    .by(CappedCommands::copy);

    private CappedCommands() {}

    private static Document convert(Invocation invocation) {
        Body body = invocation.body();
        WriteConcern.options(body);
        invocation
                .context()
                .database()
                .convertToCapped(invocation.collectionName(), body.number(SIZE));
        return Document.EMPTY;
    }

    private static Document copy(Invocation invocation) {
        Body body = invocation.body();
        WriteConcern.options(body);
        invocation
                .context()
                .database()
                .cloneAsCapped(
                        invocation.collectionName(),
                        body.text(TO).orElseThrow(),
                        body.number(SIZE));
        return Document.EMPTY;
    }
}
