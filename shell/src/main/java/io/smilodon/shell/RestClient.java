package io.smilodon.shell;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests to a server's HTTP interface; its errors become exceptions again. Thread-safe. */
final class RestClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
    private final URI server;
    private final Optional<String> authorization;

    /**
     * A client of a server.
     *
     * @param server may name the user who logs in
     */
    RestClient(URI server) {
        this.server = UrlUser.without(server);
        this.authorization = UrlUser.authorization(server, PasswordEntry::known);
    }

    URI server() {
        return server;
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param body its document; empty if it has none
     */
    record Answer(int status, Document body) {}

    Document get(String path) {
        return send("GET", path, Optional.empty()).body();
    }

    Document post(String path, Document body) {
        return send("POST", path, Optional.of(body)).body();
    }

    /**
     * Sends a document.
     *
     * @param transaction the id of the transaction that the request belongs to
     */
    Document post(String path, Document body, Optional<String> transaction) {
        HttpRequest.Builder request = request("POST", path, Optional.of(body));
        transaction.ifPresent(id -> request.header("X-Transaction", id));
        return checked(send(request)).body();
    }

    /**
     * Sends a request.
     *
     * @throws SmilodonException the server's error, with its code
     */
    Answer send(String method, String path, Optional<Document> body) {
        return checked(sendAny(method, path, body));
    }

    static Answer checked(Answer answer) {
        if (answer.status() >= 400) {
            throw failure(answer);
        }
        return answer;
    }

    /** Sends a request and returns any answer, errors too. */
    Answer sendAny(String method, String path, Optional<Document> body) {
        return send(request(method, path, body));
    }

    private HttpRequest.Builder request(String method, String path, Optional<Document> body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Accept", "application/json; mode=canonical");
        body.ifPresent(document -> request.header("Content-Type", "application/json"));
        request.method(
                method,
                body.map(HttpBackend::json)
                        .map(HttpRequest.BodyPublishers::ofString)
                        .orElse(HttpRequest.BodyPublishers.noBody()));
        return request;
    }

    /** Puts bytes. */
    void put(String path, byte[] bytes) {
        checked(
                send(
                        HttpRequest.newBuilder(server.resolve(path))
                                .header("Content-Type", "application/octet-stream")
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))));
    }

    /** Gets bytes; empty if there are none there. */
    Optional<byte[]> bytes(String path) {
        HttpResponse<byte[]> response = exchange(HttpRequest.newBuilder(server.resolve(path)));
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() >= 400) {
            throw failure(answer(response));
        }
        return Optional.of(response.body());
    }

    private Answer send(HttpRequest.Builder request) {
        return answer(exchange(request));
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        return new Answer(
                response.statusCode(),
                text.isBlank() ? Document.EMPTY : ExtendedJson.readDocument(text));
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        authorization.ifPresent(told -> request.header("Authorization", told));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new ShellException(
                    "nothing answers at "
                            + server
                            + "; start a server with: smilodon serve --data DIR");
        } catch (IOException e) {
            throw new ShellException("the connection to " + server + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShellException("interrupted");
        }
    }

    private static SmilodonException failure(Answer answer) {
        Document problem = answer.body();
        int number = problem.get("code") instanceof NumberValue code ? (int) code.toLong() : 1;
        ErrorCode code = new ErrorCode(number, text(problem, "codeName", "InternalError"));
        SmilodonException placeless =
                new SmilodonException(
                        code, text(problem, "title", "request failed"), details(problem));
        String pointer = text(problem, "pointer", "");
        SmilodonException failure =
                pointer.isEmpty() ? placeless : placeless.at(Location.ofPointer(pointer));
        String hint = text(problem, "hint", "");
        SmilodonException hinted = hint.isEmpty() ? failure : failure.withHint(hint);
        if (problem.get("errorLabels") instanceof ArrayValue labels) {
            for (Value label : labels) {
                hinted = hinted.withLabel(((StringValue) label).value());
            }
        }
        return hinted;
    }

    private static Map<String, Object> details(Document problem) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (problem.get("details") instanceof Document named) {
            for (Field detail : named) {
                boolean isText = detail.value() instanceof StringValue;
                details.put(
                        detail.name(), isText ? text(named, detail.name(), "") : detail.value());
            }
        }
        return details;
    }

    private static String text(Document document, String name, String otherwise) {
        return document.get(name) instanceof StringValue text ? text.value() : otherwise;
    }

    /** A name as one segment of a path. */
    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.close();
    }
}
