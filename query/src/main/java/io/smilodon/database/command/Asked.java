package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.AccessRules;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of somebody who may not do everything, before any of it is carried out: what it needs
 * is asked for here. It is not checked yet in any other way; what its checks will refuse need not
 * be understood. Lives while the command is allowed; not thread-safe.
 */
final class Asked {

    /** Longer names are no collection's, and not repeated. */
    private static final int NAME_MAX = 255;

    private final CommandContext context;
    private final String name;
    private final Document command;
    private final boolean isLimitable;
    private final List<Need> needs = new ArrayList<>();

    /**
     * @param isLimitable whether it may be asked for by who may do it with some documents only
     */
    Asked(CommandContext context, String name, Document command, boolean isLimitable) {
        this.context = context;
        this.name = name;
        this.command = command;
        this.isLimitable = isLimitable && !command.has("explain"); // plans tell of all documents
    }

    CommandContext context() {
        return context;
    }

    String name() {
        return name;
    }

    Document command() {
        return command;
    }

    Caller caller() {
        return context.caller();
    }

    String database() {
        return context.databaseName();
    }

    /** The database that it is sent to. */
    Resource databaseItself() {
        return Resource.database(database());
    }

    /** The collection that it names by its own field; the database if it names none. */
    Resource collection() {
        return command.get(name) instanceof StringValue text
                ? Resource.collection(database(), text.value())
                : databaseItself();
    }

    /** The collection of a full name. */
    static Resource namespace(String full) {
        int dot = full.indexOf('.');
        return dot < 0
                ? Resource.database(full)
                : Resource.collection(full.substring(0, dot), full.substring(dot + 1));
    }

    /** Whether a field says yes, as who carries the command out understands it. */
    boolean flag(String field) {
        return new Body(command, Location.ROOT).flag(field, false);
    }

    boolean may(Action action, Resource resource) {
        return caller().may(action, resource);
    }

    /**
     * Refuses the command unless its sender may do this, if only with some documents where the
     * command keeps to these.
     *
     * @throws SmilodonException {@code Unauthorized}
     */
    void need(Action action, Resource resource) {
        List<AccessRules> limits = isLimitable ? caller().limits(action, resource) : List.of();
        if (limits.isEmpty()) {
            needWhole(action, resource);
        } else {
            needs.add(new Need(action, resource, limits));
        }
        if (isLimitable && (action == Action.UPDATE || action == Action.REMOVE)) {
            keepSeen(resource); // what is seen now is what is found to be written
        }
    }

    private void keepSeen(Resource resource) {
        List<AccessRules> seen = caller().limits(Action.FIND, resource);
        if (!seen.isEmpty()) {
            needs.add(new Need(Action.FIND, resource, seen));
        }
    }

    /** Refuses the command unless its sender may do this with every document. */
    void needWhole(Action action, Resource resource) {
        need(action, resource, refused().getMessage());
    }

    /** Asks for what another command needs, of the same sender to the same database. */
    void needAlso(Requirement requirement, String other, Document inner) {
        Asked inside = new Asked(context, other, inner, isLimitable);
        requirement.check(inside);
        needs.addAll(inside.needs);
    }

    /** The same; this says why it is refused. */
    void need(Action action, Resource resource, String text) {
        if (!may(action, resource)) {
            throw refused(text);
        }
        needs.add(new Need(action, resource));
    }

    /** What was asked for so far, to be asked for again when its cursor is read on. */
    List<Need> needs() {
        return List.copyOf(needs);
    }

    /** As MongoDB puts it; what is in the command is not told. */
    SmilodonException refused() {
        return refused(
                "not authorized on "
                        + database()
                        + " to execute command { "
                        + name
                        + ": "
                        + argument()
                        + " }");
    }

    private String argument() {
        return command.get(name) instanceof StringValue text && text.value().length() <= NAME_MAX
                ? '"' + text.value() + '"'
                : "1";
    }

    SmilodonException refused(String text) {
        return new SmilodonException(ErrorCode.UNAUTHORIZED, text);
    }
}
