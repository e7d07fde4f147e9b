package io.smilodon.rest.restheart;

import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.TransactionRegistry;
import io.smilodon.database.TransactionSettings;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Caller;
import io.smilodon.security.UserName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The transactions of sessions, one after the other in each, numbered from 1. A session is a UUID
 * that nobody guesses: it needs no registration, and is known from its first transaction on. It
 * belongs to the user who began that one; to others it has none. Thread-safe.
 */
public final class SessionTransactions {

    /** Sessions whose last transaction is remembered. */
    static final int COUNT_MAX = 10_000;

    private static final ErrorCode TOO_OLD = new ErrorCode(225, "TransactionTooOld");

    /** The longest unused first. Guarded by this. */
    private final Map<UUID, Last> sessions = new LinkedHashMap<>();

    private final TransactionRegistry transactions;

    public SessionTransactions(TransactionRegistry transactions) {
        this.transactions = transactions;
    }

    /** The last transaction of a session: its id in the registry. */
    private record Last(
            Optional<UserName> owner, long number, String transaction, boolean isCommitted) {}

    /** What became of a transaction, in RESTHeart's words. */
    private enum Status {
        IN,
        COMMITTED,
        ABORTED
    }

    /**
     * A session.
     *
     * @throws SmilodonException {@code BadValue} if the text is no UUID
     */
    public static UUID session(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException none) {
            throw wrong("sid", text, "the id of a session, which is a UUID");
        }
        throw wrong("sid", text, "the id of a session, which is a UUID");
    }

    /**
     * The number of a transaction.
     *
     * @throws SmilodonException {@code BadValue} if the text is none
     */
    public static long number(String text) {
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw wrong("txn", text, "the number of a transaction");
    }

    private static SmilodonException wrong(String name, String value, String expected) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "The " + name + " is not " + expected,
                        Map.of("value", value))
                .at(Location.ROOT.child(name));
    }

    /**
     * Begins the next transaction of a session.
     *
     * @return its number; empty if one is going on
     * @throws SmilodonException {@code ExceededMemoryLimit} if there are too many
     */
    public synchronized OptionalLong begin(UUID session, Caller caller) {
        Optional<Last> before = find(session, caller);
        if (before.isPresent() && status(before.get()) == Status.IN) {
            return OptionalLong.empty();
        }
        if (before.isEmpty() && sessions.containsKey(session)) {
            throw none(0); // it is another's
        }
        long number = before.map(last -> last.number + 1).orElse(1L);
        String id = transactions.begin(TransactionSettings.DEFAULTS, caller);
        put(session, new Last(caller.name(), number, id, false));
        forget();
        return OptionalLong.of(number);
    }

    private void put(UUID session, Last last) {
        sessions.remove(session);
        sessions.put(session, last);
    }

    /** Makes room by the longest unused sessions that have no transaction going on. */
    private void forget() {
        Iterator<Last> all = sessions.values().iterator();
        while (sessions.size() > COUNT_MAX && all.hasNext()) {
            if (status(all.next()) != Status.IN) {
                all.remove();
            }
        }
    }

    private Optional<Last> find(UUID session, Caller caller) {
        return Optional.ofNullable(sessions.get(session))
                .filter(last -> caller.isUnrestricted() || last.owner.equals(caller.name()));
    }

    private Status status(Last last) {
        if (last.isCommitted) {
            return Status.COMMITTED;
        }
        try {
            boolean isActive = transactions.use(last.transaction, DocumentTransaction::isActive);
            return isActive ? Status.IN : Status.ABORTED;
        } catch (SmilodonException failure) {
            boolean isBusy = failure.code().equals(ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS);
            return isBusy ? Status.IN : Status.ABORTED;
        }
    }

    /**
     * The id in the registry of a transaction.
     *
     * @throws SmilodonException {@code NoSuchTransaction}, {@code TransactionTooOld}
     */
    public synchronized String transaction(UUID session, long number, Caller caller) {
        Last last = find(session, caller).orElseThrow(() -> none(number));
        if (number < last.number) {
            throw new SmilodonException(
                    TOO_OLD,
                    "A newer transaction has already started on the session",
                    Map.of("number", number, "newer", last.number));
        }
        if (number > last.number) {
            throw none(number);
        }
        put(session, last);
        return last.transaction;
    }

    private static SmilodonException none(long number) {
        return new SmilodonException(
                        ErrorCode.NO_SUCH_TRANSACTION,
                        "Given transaction number does not match any in-progress transactions",
                        Map.of("number", number))
                .withHint("POST begins one; idle ones are aborted");
    }

    /** Commits a transaction; again if it has been committed already. */
    public void commit(UUID session, long number, Caller caller) {
        String id = transaction(session, number, caller);
        transactions.commit(id);
        synchronized (this) {
            Optional<Last> now = find(session, caller);
            now.filter(last -> last.number == number)
                    .ifPresent(last -> put(session, new Last(last.owner, number, id, true)));
        }
    }

    /** Aborts a transaction that goes on. */
    public void abort(UUID session, long number, Caller caller) {
        transactions.abort(transaction(session, number, caller));
    }

    /** Forgets a session, and aborts what it has begun. */
    public void end(UUID session, Caller caller) {
        Optional<Last> last;
        synchronized (this) {
            last = find(session, caller);
            last.ifPresent(own -> sessions.remove(session));
        }
        last.filter(own -> status(own) == Status.IN)
                .ifPresent(own -> transactions.abort(own.transaction));
    }

    /** <code>{currentTxn: {id, status}}</code>, or null if there was none. */
    public synchronized Document current(UUID session, Caller caller) {
        Value shown =
                find(session, caller)
                        .map(this::describe)
                        .map(Value.class::cast)
                        .orElse(NullValue.INSTANCE);
        return Document.of("currentTxn", shown);
    }

    private Document describe(Last last) {
        return Document.builder().put("id", last.number).put("status", status(last).name()).build();
    }
}
