package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A row of the table of commands.
 *
 * @param target what it works on
 * @param permission what kind of thing it does; more for some requests, see {@link #permissionOf}
 * @param requirement what its sender must be allowed to do
 * @param takesTransaction whether it may belong to a transaction
 * @param isRepeatable whether it is recognised when its sender sends it again under the same number
 * @param endsTransaction whether it ends the one of the session that it belongs to
 * @param rules its fields beside those that every command may have
 * @param takesAnyField whether it may have fields of any other name
 * @param handler carries it out
 * @param secrets fields that nobody else may see
 * @param ownNames what it calls the parts of a request that have another name elsewhere
 * @param asked what kind of thing a particular request does
 */
public record Command(
        Target target,
        Permission permission,
        Requirement requirement,
        boolean takesTransaction,
        boolean isRepeatable,
        boolean endsTransaction,
        BodyRules rules,
        boolean takesAnyField,
        Set<String> secrets,
        Handler handler,
        Map<String, String> ownNames,
        Function<Document, Permission> asked) {

    private static final String CONCERN = "writeConcern";

    /** What a command does, and its answer without {@code ok}. */
    @FunctionalInterface
    interface Handler {
        Document run(Invocation invocation);
    }

    /** What kind of thing this command does. */
    public Permission permissionOf(Document command) {
        return asked.apply(command);
    }

    /** Checks its own fields. */
    Body check(String name, Document own) {
        if (own.has(CONCERN) && !rules.names().contains(CONCERN)) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS, "Command does not support writeConcern")
                    .at(Location.ROOT.child(CONCERN));
        }
        return takesAnyField ? new Body(own, Location.ROOT) : rules.check(own, Location.ROOT, name);
    }

    /** An error of a request that the command was read as, told to who has written the command. */
    SmilodonException told(SmilodonException failure) {
        SmilodonException told = failure;
        for (Map.Entry<String, String> name : ownNames.entrySet()) {
            Location read = Location.ROOT.child(name.getKey());
            told = told.moved(read, Location.ROOT.child(name.getValue()));
        }
        return told;
    }

    /** The command as others may see it. */
    Document shown(Document command) {
        Document shown = command;
        for (String secret : secrets) {
            shown = shown.has(secret) ? shown.with(secret, Value.of("xxx")) : shown;
        }
        return shown;
    }

    /** Whether only who has logged in may send it, where logins are asked for. */
    boolean needsLogin() {
        return requirement.needsLogin();
    }

    static Builder on(Target target, Permission permission, Requirement requirement) {
        return new Builder(target, command -> permission, requirement);
    }

    /** A command of which some requests do more than an empty one. */
    static Builder on(
            Target target, Function<Document, Permission> asked, Requirement requirement) {
        return new Builder(target, asked, requirement);
    }

    /** Puts a row together. */
    static final class Builder {

        private final Target target;
        private final Function<Document, Permission> asked;
        private final Requirement requirement;
        private final BodyRules.Builder rules = BodyRules.builder();
        private boolean takesTransaction;
        private boolean isRepeatable;
        private boolean endsTransaction;
        private boolean takesAnyField;
        private Set<String> secrets = Set.of();
        private Map<String, String> ownNames = Map.of();

        private Builder(
                Target target, Function<Document, Permission> asked, Requirement requirement) {
            this.target = target;
            this.asked = asked;
            this.requirement = requirement;
        }

        Builder required(FieldKind kind, String name) {
            rules.required(kind, name);
            return this;
        }

        Builder optional(FieldKind kind, String... names) {
            rules.optional(kind, names);
            return this;
        }

        Builder optional(FieldKind kind, List<String> names) {
            return optional(kind, names.toArray(String[]::new));
        }

        /** Says how durable its effect is to be. */
        Builder writeConcern() {
            WriteConcern.rules(rules);
            return this;
        }

        /** May say which collection it means by the name; see {@link ExpectedCollection}. */
        Builder expectingCollection() {
            return optional(FieldKind.ANYTHING, ExpectedCollection.FIELD);
        }

        Builder inTransaction() {
            takesTransaction = true;
            return this;
        }

        /** Takes effect once, however often it is sent under one number of a session. */
        Builder repeatable() {
            isRepeatable = true;
            return this;
        }

        /** Ends the transaction of the session instead of being a statement in it. */
        Builder endingTransaction() {
            endsTransaction = true;
            return this;
        }

        /** Others see of these fields only that they are there. */
        Builder concealing(String... fields) {
            secrets = Set.of(fields);
            return this;
        }

        /** Calls the parts of a request, which are the keys, by names of its own. */
        Builder calling(Map<String, String> names) {
            ownNames = names;
            return this;
        }

        /** Other fields are names of what is asked for. */
        Builder takingAnyField() {
            takesAnyField = true;
            return this;
        }

        Command by(Handler handler) {
            return new Command(
                    target,
                    asked.apply(Document.EMPTY),
                    requirement,
                    takesTransaction,
                    isRepeatable,
                    endsTransaction,
                    rules.build(),
                    takesAnyField,
                    secrets,
                    handler,
                    ownNames,
                    asked);
        }
    }
}
