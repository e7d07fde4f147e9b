package io.smilodon.database.command;

import io.smilodon.database.Smilodon;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import java.util.Map;

/** The commands that make everything durable, hold up writing, and end the server. */
final class HostCommands {

    private static final String SEE_ALSO = "http://dochub.mongodb.org/core/fsynccommand";

    static final Command FSYNC =
            Command.on(Target.ADMIN, Permission.ADMINISTER, Requirement.onServer(Action.FSYNC))
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "lock")
                    .optional(FieldKind.NUMBER, "fsyncLockAcquisitionTimeoutMillis")
                    .by(HostCommands::fsync);

    static final Command FSYNC_UNLOCK =
            Command.on(Target.ADMIN, Permission.ADMINISTER, Requirement.onServer(Action.UNLOCK))
                    .by(
                            invocation ->
                                    Document.builder()
                                            .put("info", "fsyncUnlock completed")
                                            .put(
                                                    "lockCount",
                                                    smilodon(invocation).writeHold().unlock())
                                            .build());

    /** There is no other member that would have to catch up, so nothing is to be forced. */
    static final Command SHUTDOWN =
            Command.on(Target.ADMIN, Permission.ADMINISTER, Requirement.onServer(Action.SHUTDOWN))
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "force")
                    .optional(FieldKind.NUMBER, "timeoutSecs")
                    .by(HostCommands::shutDown);

    private HostCommands() {}

    private static Smilodon smilodon(Invocation invocation) {
        return invocation.context().smilodon();
    }

    private static Document fsync(Invocation invocation) {
        if (!invocation.body().flag("lock", false)) {
            smilodon(invocation).checkpoint();
            return Document.of("numFiles", Value.of(1));
        }
        long lockCount = smilodon(invocation).writeHold().lock();
        return Document.builder()
                .put("info", "now locked against writes, use db.fsyncUnlock() to unlock")
                .put("lockCount", lockCount)
                .put("seeAlso", SEE_ALSO)
                .build();
    }

    private static Document shutDown(Invocation invocation) {
        String client = invocation.context().client();
        boolean isAnybody = invocation.context().caller().isUnrestricted();
        if (isAnybody && !client.isEmpty() && !isLocal(client)) {
            throw new SmilodonException(
                    ErrorCode.UNAUTHORIZED,
                    "shutdown must run from localhost when running db without auth",
                    Map.of("client", client));
        }
        if (!smilodon(invocation).server().requestStop()) {
            throw new SmilodonException(
                            ErrorCode.COMMAND_NOT_SUPPORTED,
                            "The database is part of a program, which no client can end")
                    .withHint("end the program");
        }
        return Document.EMPTY;
    }

    /** Whether an address with its port is one of this machine alone. */
    private static boolean isLocal(String client) {
        String host = client.substring(0, Math.max(0, client.lastIndexOf(':')));
        return host.startsWith("127.")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.equals("0:0:0:0:0:0:0:1")
                || host.equals("[0:0:0:0:0:0:0:1]");
    }
}
