package io.smilodon.golden;

import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Set;

/** Carries out commands by the table of commands, as the server does. */
record CommandServer(Smilodon smilodon, String database) implements Server {

    private static final Set<String> OF_ADMIN = Set.of("bulkWrite", "renameCollection");

    @Override
    public Answer run(Document command) {
        String name = command.iterator().next().name();
        CommandContext context =
                CommandContext.of(smilodon, OF_ADMIN.contains(name) ? "admin" : database);
        Document answer = Commands.run(context, command);
        if (answer.get("ok").equals(Value.of(0.0))) {
            long code = ((NumberValue) answer.get("code")).toLong();
            String codeName = ((StringValue) answer.get("codeName")).value();
            return new Answer.Failed(new ErrorCode((int) code, codeName));
        }
        boolean isRead =
                answer.get("cursor") instanceof Document cursor
                        && cursor.has("firstBatch")
                        && !name.equals("bulkWrite");
        return isRead ? found((Document) answer.get("cursor")) : new Answer.Done(answer);
    }

    private static Answer found(Document cursor) {
        return new Answer.Found(
                ((ArrayValue) cursor.get("firstBatch"))
                        .elements().stream().map(Document.class::cast).toList());
    }
}
