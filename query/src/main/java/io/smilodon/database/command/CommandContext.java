package io.smilodon.database.command;

import io.smilodon.database.CursorOwner;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.Smilodon;
import io.smilodon.database.TimeLimits;
import io.smilodon.security.Caller;
import io.smilodon.security.Login;
import java.util.Optional;

/**
 * Where a command runs.
 *
 * @param smilodon the open data directory
 * @param databaseName the database that the command is sent to
 * @param transaction the transaction that it belongs to; empty for none
 * @param client who sends it, as address and port; empty inside a program
 * @param timeLimits how long it may take
 * @param membership the replica set by which its sender has come; empty for none
 * @param owner of the cursors that it opens, and of those that it may read on
 * @param caller who sends it, as far as users are concerned
 * @param login by which its sender may become another caller; empty where there is no connection
 */
public record CommandContext(
        Smilodon smilodon,
        String databaseName,
        Optional<DocumentTransaction> transaction,
        String client,
        TimeLimits timeLimits,
        Optional<Membership> membership,
        CursorOwner owner,
        Caller caller,
        Optional<Login> login) {

    /** A command of the program itself, outside transactions: it may do everything. */
    public static CommandContext of(Smilodon smilodon, String database) {
        return new CommandContext(
                smilodon,
                database,
                Optional.empty(),
                "",
                TimeLimits.NONE,
                Optional.empty(),
                CursorOwner.NONE,
                Caller.UNRESTRICTED,
                Optional.empty());
    }

    public CommandContext withTransaction(DocumentTransaction own) {
        return new CommandContext(
                smilodon,
                databaseName,
                Optional.of(own),
                client,
                timeLimits,
                membership,
                owner,
                caller,
                login);
    }

    public CommandContext withClient(String address) {
        return new CommandContext(
                smilodon,
                databaseName,
                transaction,
                address,
                timeLimits,
                membership,
                owner,
                caller,
                login);
    }

    /** A command by way of a replica set; the same without one. */
    public CommandContext withMembership(Optional<Membership> of) {
        return new CommandContext(
                smilodon, databaseName, transaction, client, timeLimits, of, owner, caller, login);
    }

    /** A command of somebody who may do only what roles allow. */
    public CommandContext withCaller(Caller who) {
        return new CommandContext(
                smilodon,
                databaseName,
                transaction,
                client,
                timeLimits,
                membership,
                owner,
                who,
                login);
    }

    /** A command of a connection over which somebody has logged in, or may do so. */
    public CommandContext withLogin(Login own) {
        return new CommandContext(
                smilodon,
                databaseName,
                transaction,
                client,
                timeLimits,
                membership,
                owner,
                own.caller(),
                Optional.of(own));
    }

    /** The same of another database. */
    CommandContext on(String database) {
        return new CommandContext(
                smilodon,
                database,
                transaction,
                client,
                timeLimits,
                membership,
                owner,
                caller,
                login);
    }

    CommandContext withOwner(CursorOwner other) {
        return new CommandContext(
                smilodon,
                databaseName,
                transaction,
                client,
                timeLimits,
                membership,
                other,
                caller,
                login);
    }

    Database database() {
        return database(databaseName);
    }

    Database database(String name) {
        return transaction.map(own -> own.database(name)).orElseGet(() -> smilodon.database(name));
    }
}
