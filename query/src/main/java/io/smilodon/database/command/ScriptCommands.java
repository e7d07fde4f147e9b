package io.smilodon.database.command;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.security.Action;

/** The command that runs scripts in MongoDB's server: here it says that none is ever run. */
final class ScriptCommands {

    static final Command MAP_REDUCE =
            Command.on(Target.COLLECTION, Permission.READ, Requirement.onCollection(Action.FIND))
                    .takingAnyField()
                    .by(
                            invocation -> {
                                throw new SmilodonException(
                                                ErrorCode.COMMAND_NOT_SUPPORTED,
                                                "mapReduce is not supported: no script ever runs in"
                                                        + " the server")
                                        .at(Location.ROOT.child(invocation.name()))
                                        .withHint("aggregate, with $group and if need be $merge");
                            });

    private ScriptCommands() {}
}
