package io.smilodon.rest;

import io.javalin.http.Context;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.OperationDescription;
import io.smilodon.database.Smilodon;
import io.smilodon.database.TimeLimits;
import io.smilodon.database.action.Actions;
import io.smilodon.database.action.PointInTime;
import io.smilodon.database.transfer.DocumentText;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.login.Door;
import io.smilodon.security.Caller;
import io.smilodon.security.Permit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** A request and its answer, in terms of documents. One thread. */
final class Exchange {

    /** A minute unless a request says otherwise, an hour at most. */
    static final TimeLimits TIME_LIMITS = new TimeLimits(60_000, 60 * 60_000);

    static final String MAX_TIME = "maxTimeMS";

    private static final String PERMIT = "permit";

    private final Context context;
    private final Smilodon smilodon;
    private final Optional<DocumentTransaction> transaction;

    Exchange(Context context, Smilodon smilodon) {
        this(context, smilodon, Optional.empty());
    }

    /**
     * A request that belongs to a transaction.
     *
     * @param transaction in which its collections are read and written
     */
    Exchange(Context context, Smilodon smilodon, Optional<DocumentTransaction> transaction) {
        this.context = context;
        this.smilodon = smilodon;
        this.transaction = transaction;
    }

    /** Who asks, and what that caller is allowed: nobody and nothing until it is found out. */
    Permit permit() {
        return this.<Permit>kept(PERMIT).orElseGet(() -> Permit.of(Caller.NOBODY));
    }

    void allow(Permit permit) {
        keep(PERMIT, permit);
    }

    /** Keeps what has been found out about the request. */
    void keep(String name, Object found) {
        context.attribute(name, found);
    }

    <T> Optional<T> kept(String name) {
        return Optional.ofNullable(context.attribute(name));
    }

    /** From where it comes. */
    Door.Visit visit() {
        return Gate.visit(context);
    }

    Smilodon smilodon() {
        return smilodon;
    }

    /** The transaction that the request belongs to. */
    Optional<DocumentTransaction> transaction() {
        return transaction;
    }

    /** Who asks, as address and port. */
    String client() {
        return context.req().getRemoteAddr() + ":" + context.req().getRemotePort();
    }

    /** Carries out an action; others see it meanwhile, and may end it. */
    Document act(DocumentCollection collection, String action, Document body) {
        return asOperation(
                collection.namespace().toString(),
                action,
                body,
                () -> Actions.run(collection, action, body));
    }

    /**
     * Carries out what a request asks for; others see it meanwhile, and may end it.
     *
     * @param source what it works on, as {@code database.collection}
     */
    <T> T asOperation(String source, String name, Document request, Supplier<T> work) {
        long limitMillis = TIME_LIMITS.of(request.get(MAX_TIME));
        return new LongOperation(smilodon, description(source, name, request), limitMillis)
                .run(work);
    }

    /** The same for what takes long by its nature. */
    <T> T asLongOperation(String source, String name, Document request, Supplier<T> work) {
        return longOperation(source, name, request).run(work);
    }

    /** The same for what is carried out later, perhaps when the request has ended. */
    LongOperation longOperation(String source, String name, Document request) {
        long limitMillis = TIME_LIMITS.patient().of(request.get(MAX_TIME));
        return new LongOperation(smilodon, description(source, name, request), limitMillis);
    }

    /** The same for what goes on until somebody ends it. */
    LongOperation endlessOperation(String source, String name, Document request) {
        return new LongOperation(smilodon, description(source, name, request), 0);
    }

    private OperationDescription description(String source, String name, Document request) {
        int dot = source.indexOf('.');
        String database = dot < 0 ? source : source.substring(0, dot);
        String collection = dot < 0 ? "" : source.substring(dot + 1);
        Document shown = Document.builder().put(name, collection).putAll(request).build();
        return new OperationDescription(name, database, collection, shown, client(), permit());
    }

    Database database() {
        return database(path("db"));
    }

    Database database(String name) {
        return transaction.map(own -> own.database(name)).orElseGet(() -> smilodon.database(name));
    }

    DocumentCollection collection() {
        return database().collection(path("collection"));
    }

    /** The collection in the state that the parameter asOf asks for, by default the newest. */
    DocumentCollection collectionAsOf() {
        DocumentCollection newest = collection();
        Location place = Location.ROOT.child("asOf");
        return query("asOf")
                .map(text -> newest.asOf(PointInTime.ofText(text, place)))
                .orElse(newest);
    }

    String path(String name) {
        return context.pathParam(name);
    }

    String method() {
        return context.method().name();
    }

    /** The path of the request itself, still encoded. */
    String requestPath() {
        return context.req().getRequestURI();
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    /** Whether a parameter of the query string says yes. */
    boolean queryFlag(String name) {
        return switch (query(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "The parameter must be true or false",
                                    Map.of("parameter", name))
                            .at(Location.ROOT.child(name));
        };
    }

    /** Refuses parameters that are not known here: a misspelt one would be taken for granted. */
    void requireParameters(Set<String> known) {
        for (String name : queryValues().keySet()) {
            if (!known.contains(name)) {
                throw new SmilodonException(
                                ErrorCode.location(40415),
                                "A parameter of the request is unknown",
                                Map.of("parameter", name))
                        .at(Location.ROOT.child(name))
                        .withHint(String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /** The parameters that the query string has, with all their values. */
    Map<String, List<String>> queryValues() {
        return context.queryParamMap();
    }

    /** The query string itself, still encoded; empty if there is none. */
    String queryString() {
        return Optional.ofNullable(context.queryString()).orElse("");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** How many headers it has, those of one name one by one. */
    int headerCount() {
        int count = 0;
        for (String name : Collections.list(context.req().getHeaderNames())) {
            count += Collections.list(context.req().getHeaders(name)).size();
        }
        return count;
    }

    /** A parameter of the query string that holds a document. */
    Optional<Document> queryDocument(String name) {
        return query(name).map(json -> inParameter(name, () -> ExtendedJson.readDocument(json)));
    }

    /** A parameter of the query string that holds a number. */
    OptionalInt queryInt(String name) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The parameter must be a whole number",
                            Map.of("parameter", name, "value", text.get()))
                    .at(Location.ROOT.child(name));
        }
    }

    private static <T> T inParameter(String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (SmilodonException failure) {
            throw failure.at(failure.location().orElse(Location.ROOT.child(name)));
        }
    }

    /** The media type of the body, without its parameters; empty if there is none. */
    String bodyType() {
        String type = context.contentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The body, of which no more is read than it may have bytes.
     *
     * @return empty if it is larger than that
     */
    Optional<byte[]> bodyBytes(int maximum) {
        if (context.req().getContentLengthLong() > maximum) {
            return Optional.empty();
        }
        try {
            byte[] bytes = context.req().getInputStream().readNBytes(maximum + 1);
            return bytes.length > maximum ? Optional.empty() : Optional.of(bytes);
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    /** The body as it comes, of any size, unpacked if it is packed. */
    InputStream bodyStream() {
        try {
            InputStream body = context.req().getInputStream();
            boolean isPacked = header("Content-Encoding").filter("gzip"::equals).isPresent();
            return isPacked ? new GZIPInputStream(body) : body;
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    byte[] bodyBytes() {
        return context.bodyAsBytes();
    }

    /** How documents of the body are written. */
    Notation bodyNotation() {
        return Notation.ofBody(bodyType());
    }

    /** Whether the body begins as an array does. */
    boolean bodyIsArray() {
        return bodyNotation().isArray(bodyBytes());
    }

    Document bodyDocument() {
        return bodyNotation().document(bodyBytes());
    }

    /** The body's document, or an empty one where there is no body. */
    Document bodyDocumentIfAny() {
        return bodyBytes().length == 0 ? Document.EMPTY : bodyDocument();
    }

    void answer(int status, Value value) {
        Notation notation = Accepted.notation(this);
        context.res().setCharacterEncoding((String) null); // it is in the type, if there is one
        context.status(status)
                .contentType(notation.contentType())
                .header("Vary", "Accept")
                .result(notation.write(value, mode()));
    }

    void answer(Problem problem) {
        boolean isOurs = !RestheartExchange.isBelowMount(requestPath());
        Document body = isOurs ? problem.body() : RestheartExchange.failure(problem);
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .contentType(isOurs ? Problem.MEDIA_TYPE : "application/json; charset=utf-8")
                .result(ExtendedJson.write(body, JsonMode.RELAXED));
    }

    void answer(int status, String mediaType, String text) {
        context.status(status).contentType(mediaType).result(text);
    }

    /** Bytes that no browser is to take for a page. */
    void answerBytes(byte[] bytes) {
        context.status(200)
                .contentType("application/octet-stream")
                .header("X-Content-Type-Options", "nosniff")
                .result(bytes);
    }

    void answer(int status) {
        context.status(status);
    }

    /** Answers with documents as they come, to be kept under this name. */
    void stream(String mediaType, String name, DocumentText text, Iterator<Document> documents) {
        context.contentType(mediaType)
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        "Content-Disposition",
                        "attachment; filename*=UTF-8''"
                                + URLEncoder.encode(name, StandardCharsets.UTF_8));
        new StreamedAnswer(context).send(text, documents);
    }

    /** Answers with bytes of this type as they come. */
    void stream(int status, String mediaType, StreamedAnswer.Bytes bytes) {
        context.res().setCharacterEncoding(null);
        new StreamedAnswer(context.status(status).contentType(mediaType)).send(bytes);
    }

    /** Answers with server-sent events, from now on. */
    SentEvents events() {
        context.status(200)
                .contentType("text/event-stream; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        try {
            return new SentEvents(context.res().getOutputStream(), mode());
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    Exchange headerOut(String name, String value) {
        context.header(name, value);
        return this;
    }

    /** How values are written as JSON. */
    JsonMode mode() {
        return Accepted.mode(this);
    }
}
