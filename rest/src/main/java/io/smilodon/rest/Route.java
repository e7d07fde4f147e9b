package io.smilodon.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One route, declared once: the server, the OpenAPI document and the permission checks are made
 * from it.
 *
 * @param method GET, POST and so on; GET also answers HEAD
 * @param path with parameters in braces, or in angle brackets where they may hold slashes
 * @param permission what kind of thing it does
 * @param demand what the caller must be allowed to do for it
 * @param writesIf which requests need {@link Permission#WRITE} beyond that; empty for none
 * @param summary what it does, in a sentence without a full stop
 * @param parameters of the query string
 * @param body what the request's body holds; empty if it has none
 * @param answers meaning of each status
 * @param takesTransaction whether a request may belong to a transaction
 * @param isLimitable whether it keeps to the documents that its caller may see and write
 * @param isAtOnce whether it does not wait for its turn
 * @param socket carries out a request that comes as the handshake of a WebSocket; empty if none may
 * @param handler carries it out
 */
record Route(
        String method,
        String path,
        Permission permission,
        Demand demand,
        Optional<String> writesIf,
        String summary,
        List<Parameter> parameters,
        Optional<Body> body,
        Map<Integer, String> answers,
        boolean takesTransaction,
        boolean isLimitable,
        boolean isAtOnce,
        Optional<SocketHandler> socket,
        RouteHandler handler) {

    /** The header that names the transaction of a request. */
    static final String TRANSACTION_HEADER = "X-Transaction";

    /** The body of the request: what it holds, and the media types that it may have. */
    record Body(String meaning, List<String> mediaTypes) {}

    /** A parameter of the query string. */
    record Parameter(String name, String meaning) {}

    static Builder get(String path, Permission permission) {
        return new Builder("GET", path, permission);
    }

    static Builder post(String path, Permission permission) {
        return new Builder("POST", path, permission);
    }

    static Builder put(String path, Permission permission) {
        return new Builder("PUT", path, permission);
    }

    static Builder patch(String path, Permission permission) {
        return new Builder("PATCH", path, permission);
    }

    static Builder delete(String path, Permission permission) {
        return new Builder("DELETE", path, permission);
    }

    /**
     * Whether it is one of those of which only some are carried out at a time: reads and writes.
     */
    boolean waitsForTurn() {
        return (permission == Permission.READ || permission == Permission.WRITE) && !isAtOnce;
    }

    /** The path as OpenAPI writes it. */
    String openApiPath() {
        return path.replace('<', '{').replace('>', '}');
    }

    /** Puts a route together, a line for each thing it declares. */
    static final class Builder {

        private final String method;
        private final String path;
        private final Permission permission;
        private final List<Parameter> parameters = new ArrayList<>();
        private final Map<Integer, String> answers = new TreeMap<>();
        private Demand demand = Demand.EVERYTHING;
        private boolean takesTransaction;
        private boolean isLimitable;
        private boolean isAtOnce;
        private Optional<String> writesIf = Optional.empty();
        private String summary = "";
        private Optional<Body> body = Optional.empty();
        private Optional<SocketHandler> socket = Optional.empty();

        private Builder(String method, String path, Permission permission) {
            this.method = method;
            this.path = path;
            this.permission = permission;
        }

        /** What its caller must be allowed to do. */
        Builder demanding(Demand what) {
            demand = what;
            return this;
        }

        Builder summary(String text) {
            this.summary = text;
            return this;
        }

        /** Some requests change data. */
        Builder writingIf(String which) {
            writesIf = Optional.of(which);
            return this;
        }

        Builder parameter(String name, String meaning) {
            parameters.add(new Parameter(name, meaning));
            return this;
        }

        /** The parameters that it declares so far. */
        Set<String> parameterNames() {
            return parameters.stream().map(Parameter::name).collect(Collectors.toSet());
        }

        /** The body is a document, or some of them. */
        Builder body(String meaning) {
            List<String> types = Stream.of(Notation.values()).map(Notation::mediaType).toList();
            this.body = Optional.of(new Body(meaning, types));
            return this;
        }

        /** The body is text of one of these types, of any length. */
        Builder text(String meaning, String... mediaTypes) {
            this.body = Optional.of(new Body(meaning, List.of(mediaTypes)));
            return this;
        }

        /** The body is a form with a file. */
        Builder form(String meaning) {
            this.body = Optional.of(new Body(meaning, List.of("multipart/form-data")));
            return this;
        }

        /** The body is bytes, whatever they mean. */
        Builder blob(String meaning) {
            this.body = Optional.of(new Body(meaning, List.of("application/octet-stream")));
            return this;
        }

        Builder answer(int status, String meaning) {
            answers.put(status, meaning);
            return this;
        }

        /**
         * It keeps to the documents that its caller may see and write, and so may be asked for by
         * who may do it with some only.
         */
        Builder limitable() {
            isLimitable = true;
            return this;
        }

        /** A request may say in its header to which transaction it belongs. */
        Builder inTransaction() {
            takesTransaction = true;
            return this;
        }

        boolean isInTransaction() {
            return takesTransaction;
        }

        /**
         * It does not wait for its turn: it goes on with something that has begun, or for as long
         * as its caller sends or takes.
         */
        Builder atOnce() {
            isAtOnce = true;
            return this;
        }

        /** A WebSocket does the same, and what the client gets over it is told here. */
        Builder overSocket(String meaning, SocketHandler handler) {
            socket = Optional.of(handler);
            return answer(101, meaning);
        }

        Route by(RouteHandler handler) {
            return new Route(
                    method,
                    path,
                    permission,
                    demand,
                    writesIf,
                    summary,
                    List.copyOf(parameters),
                    body,
                    Map.copyOf(answers),
                    takesTransaction,
                    isLimitable,
                    isAtOnce,
                    socket,
                    handler);
        }
    }
}
