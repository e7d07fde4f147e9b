package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.rest.restheart.SessionTransactions;
import io.smilodon.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Sessions and their transactions, for RESTHeart's clients. */
final class RestheartSessions {

    private static final String SESSIONS = RestheartExchange.MOUNT + "/_sessions";
    private static final String SESSION = SESSIONS + "/{sid}";
    private static final String TRANSACTIONS = SESSION + "/_txns";
    private static final String TRANSACTION = TRANSACTIONS + "/{txn}";

    private final SessionTransactions transactions;

    RestheartSessions(SessionTransactions transactions) {
        this.transactions = transactions;
    }

    /** The transaction that the query string says a request belongs to, by its id. */
    Optional<String> transaction(Exchange exchange) {
        if (!RestheartExchange.isBelowMount(exchange.requestPath())) {
            return Optional.empty();
        }
        Optional<UUID> session = exchange.query("sid").map(SessionTransactions::session);
        Optional<String> number = exchange.query("txn");
        if (number.isPresent() && session.isEmpty()) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "A txn goes with the sid of a session")
                    .at(Location.ROOT.child("sid"));
        }
        Caller caller = exchange.permit().caller();
        return number.map(
                text ->
                        transactions.transaction(
                                session.orElseThrow(), SessionTransactions.number(text), caller));
    }

    List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        Route.post(SESSIONS, Permission.WRITE)
                                .demanding(Demand.LOGIN)
                                .summary("Begin a session")
                                .body("Nothing, or {causallyConsistent}, which it always is")
                                .answer(201, "Its address, with its id, is Location"),
                        RestheartSessions::beginSession),
                RestheartExchange.route(
                        Route.delete(SESSION, Permission.WRITE)
                                .demanding(Demand.LOGIN)
                                .summary("End a session, and abort its transaction")
                                .answer(204, "It has ended")
                                .atOnce(),
                        this::endSession),
                RestheartExchange.route(
                        Route.get(TRANSACTIONS, Permission.READ)
                                .demanding(Demand.LOGIN)
                                .summary("Tell the last transaction of a session")
                                .answer(200, "currentTxn: its id, and IN, COMMITTED or ABORTED")
                                .atOnce(),
                        this::tell),
                RestheartExchange.route(
                        Route.post(TRANSACTIONS, Permission.WRITE)
                                .demanding(Demand.LOGIN)
                                .summary("Begin the next transaction of a session")
                                .answer(201, "Its address, with its number, is Location")
                                .answer(304, "One is going on"),
                        this::begin),
                RestheartExchange.route(
                        Route.patch(TRANSACTION, Permission.WRITE)
                                .demanding(Demand.LOGIN)
                                .summary("Commit a transaction")
                                .answer(200, "Everything is written; again if it was so already")
                                .answer(404, "There is none, or it was aborted; idle ones are")
                                .answer(409, "Another writer was faster: run the whole again")
                                .atOnce(),
                        this::commit),
                RestheartExchange.route(
                        Route.delete(TRANSACTION, Permission.WRITE)
                                .demanding(Demand.LOGIN)
                                .summary("Abort a transaction")
                                .answer(204, "Nothing is written")
                                .answer(404, "There is none, or it was aborted already")
                                .answer(409, "It was committed")
                                .atOnce(),
                        this::abort));
    }

    private static UUID session(RestheartExchange request) {
        return SessionTransactions.session(request.exchange().path("sid"));
    }

    private static long number(RestheartExchange request) {
        return SessionTransactions.number(request.exchange().path("txn"));
    }

    private static Caller caller(RestheartExchange request) {
        return request.exchange().permit().caller();
    }

    private static void beginSession(RestheartExchange request) {
        request.exchange().bodyDocumentIfAny();
        String path = request.address().path() + "/" + UUID.randomUUID();
        request.exchange().headerOut("Location", path).answer(201);
    }

    private void endSession(RestheartExchange request) {
        transactions.end(session(request), caller(request));
        request.answer(204);
    }

    private void tell(RestheartExchange request) {
        request.answer(200, transactions.current(session(request), caller(request)));
    }

    private void begin(RestheartExchange request) {
        OptionalLong number = transactions.begin(session(request), caller(request));
        if (number.isEmpty()) {
            request.answer(304);
            return;
        }
        String path = request.address().path() + "/" + number.getAsLong();
        request.exchange().headerOut("Location", path).answer(201);
    }

    private void commit(RestheartExchange request) {
        transactions.commit(session(request), number(request), caller(request));
        request.answer(200);
    }

    private void abort(RestheartExchange request) {
        transactions.abort(session(request), number(request), caller(request));
        request.answer(204);
    }
}
