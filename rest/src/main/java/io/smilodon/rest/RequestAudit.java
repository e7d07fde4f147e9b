package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.security.AuditTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of one request is written down when it has been carried out. One thread. */
final class RequestAudit {

    private static final String NAME = "audit";

    private final List<Sent> changes = new ArrayList<>();
    private boolean isRefusalTold;

    /** A command that a request does the same as. */
    private record Sent(String database, Document command) {}

    private RequestAudit() {}

    /** That of a request, the same each time. */
    static RequestAudit of(Exchange exchange) {
        Optional<RequestAudit> begun = exchange.kept(NAME);
        RequestAudit audit = begun.orElseGet(RequestAudit::new);
        exchange.keep(NAME, audit);
        return audit;
    }

    /** A command that the request does the same as, and that its sender may send. */
    void allowed(String database, Document command) {
        if (AuditTrail.isTold(command)) {
            changes.add(new Sent(database, command));
        }
    }

    /** The same of one that the sender may not send. */
    void refused(Exchange exchange, String database, Document command) {
        tell(exchange, new Sent(database, command), ErrorCode.UNAUTHORIZED.number());
        isRefusalTold = true;
    }

    /**
     * The request has ended.
     *
     * @param result the number of the error; 0 for none
     */
    void ended(Route route, Exchange exchange, int result) {
        boolean isRefused = result == ErrorCode.UNAUTHORIZED.number();
        if (isRefused && !isRefusalTold) {
            String name = route.method() + " " + route.openApiPath();
            tell(exchange, new Sent("", Document.of(name, Document.EMPTY)), result);
        }
        if (!isRefused) {
            changes.forEach(change -> tell(exchange, change, result));
        }
    }

    private static void tell(Exchange exchange, Sent sent, int result) {
        AuditTrail.Sender sender =
                new AuditTrail.Sender(exchange.permit().caller(), exchange.client());
        AuditTrail audit = exchange.smilodon().users().audit();
        audit.command(sender, sent.database, sent.command, result);
    }
}
