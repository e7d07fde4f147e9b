package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.function.Function;

/**
 * A row of the table of commands.
 *
 * @param target what it works on
 * @param permission what its sender must be allowed to do; more for some requests, see {@link
 *     #permissionOf}
 * @param takesTransaction whether it may belong to a transaction
 * @param isRepeatable whether it is recognised when its sender sends it again under the same number
 * @param endsTransaction whether it ends the one of the session that it belongs to
 * @param rules its fields beside those that every command may have
 * @param takesAnyField whether it may have fields of any other name
 * @param handler carries it out
 * @param asked what the sender of a particular request must be allowed to do
 */
public record Command(
        Target target,
        Permission permission,
        boolean takesTransaction,
        boolean isRepeatable,
        boolean endsTransaction,
        BodyRules rules,
        boolean takesAnyField,
        Handler handler,
        Function<Document, Permission> asked) {

    /** What a command does, and its answer without {@code ok}. */
    @FunctionalInterface
    interface Handler {
        Document run(Invocation invocation);
    }

    /** What the sender of this command must be allowed to do. */
    public Permission permissionOf(Document command) {
        return asked.apply(command);
    }

    /** Checks its own fields. */
    Body check(String name, Document own) {
        return takesAnyField ? new Body(own, Location.ROOT) : rules.check(own, Location.ROOT, name);
    }

    static Builder on(Target target, Permission permission) {
        return new Builder(target, permission, command -> permission);
    }

    /** A command that needs more to be allowed for some requests than for an empty one. */
    static Builder on(Target target, Function<Document, Permission> asked) {
        return new Builder(target, asked.apply(Document.EMPTY), asked);
    }

    /** Puts a row together. */
    static final class Builder {

        private final Target target;
        private final Permission permission;
        private final Function<Document, Permission> asked;
        private final BodyRules.Builder rules = BodyRules.builder();
        private boolean takesTransaction;
        private boolean isRepeatable;
        private boolean endsTransaction;
        private boolean takesAnyField;

        private Builder(
                Target target, Permission permission, Function<Document, Permission> asked) {
            this.target = target;
            this.permission = permission;
            this.asked = asked;
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

        /** Other fields are names of what is asked for. */
        Builder takingAnyField() {
            takesAnyField = true;
            return this;
        }

        Command by(Handler handler) {
            return new Command(
                    target,
                    permission,
                    takesTransaction,
                    isRepeatable,
                    endsTransaction,
                    rules.build(),
                    takesAnyField,
                    handler,
                    asked);
        }
    }
}
