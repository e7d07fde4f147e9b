package io.smilodon.database.command;

import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;

/**
 * A row of the table of commands.
 *
 * @param target what it works on
 * @param permission what its sender must be allowed to do
 * @param takesTransaction whether it may belong to a transaction
 * @param rules its fields beside those that every command may have
 * @param takesAnyField whether it may have fields of any other name
 * @param handler carries it out
 */
public record Command(
        Target target,
        Permission permission,
        boolean takesTransaction,
        BodyRules rules,
        boolean takesAnyField,
        Handler handler) {

    /** What a command does, and its answer without {@code ok}. */
    @FunctionalInterface
    interface Handler {
        Document run(Invocation invocation);
    }

    /** Checks its own fields. */
    Body check(Document own) {
        return takesAnyField ? new Body(own, Location.ROOT) : rules.check(own, Location.ROOT);
    }

    static Builder on(Target target, Permission permission) {
        return new Builder(target, permission);
    }

    /** Puts a row together. */
    static final class Builder {

        private final Target target;
        private final Permission permission;
        private final BodyRules.Builder rules = BodyRules.builder();
        private boolean takesTransaction;
        private boolean takesAnyField;

        private Builder(Target target, Permission permission) {
            this.target = target;
            this.permission = permission;
        }

        Builder required(FieldKind kind, String name) {
            rules.required(kind, name);
            return this;
        }

        Builder optional(FieldKind kind, String... names) {
            rules.optional(kind, names);
            return this;
        }

        /** Says how durable its effect is to be. */
        Builder writeConcern() {
            WriteConcern.rules(rules);
            return this;
        }

        Builder inTransaction() {
            takesTransaction = true;
            return this;
        }

        /** Other fields are names of what is asked for. */
        Builder takingAnyField() {
            takesAnyField = true;
            return this;
        }

        Command by(Handler handler) {
            return new Command(
                    target, permission, takesTransaction, rules.build(), takesAnyField, handler);
        }
    }
}
