package io.smilodon.shell;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A server behind a URL, through its HTTP interface. */
final class HttpBackend implements Backend {

    private static final String DATABASES = "/api/v1/dbs";
    private static final String TRANSACTIONS = "/api/v1/transactions";

    private final RestClient client;

    HttpBackend(URI server) {
        this.client = new RestClient(server);
    }

    private static String database(String name) {
        return DATABASES + "/" + RestClient.encoded(name);
    }

    private static String collection(String database, String name) {
        return database(database) + "/collections/" + RestClient.encoded(name);
    }

    @Override
    public Document run(Target target, String action, Document body) {
        String path = collection(target.database(), target.collection()) + "/" + action;
        return client.post(path, body, target.transaction());
    }

    @Override
    public Document command(String database, Document command, Optional<String> transaction) {
        return client.post(database(database) + "/command", command, transaction);
    }

    @Override
    public String begin(Document options) {
        return ((StringValue) client.post(TRANSACTIONS, options).get("id")).value();
    }

    @Override
    public void commit(String transaction) {
        client.send("POST", TRANSACTIONS + "/" + transaction + "/commit", Optional.empty());
    }

    @Override
    public void abort(String transaction) {
        client.send("POST", TRANSACTIONS + "/" + transaction + "/abort", Optional.empty());
    }

    @Override
    public Document next(String cursorId, int batchSize) {
        return client.post(
                "/api/v1/cursors/" + cursorId + "/next",
                Document.of("batchSize", Value.of(batchSize)));
    }

    @Override
    public void closeCursor(String cursorId) {
        client.send("DELETE", "/api/v1/cursors/" + cursorId, Optional.empty());
    }

    @Override
    public List<Document> databases() {
        return list(client.get(DATABASES), "databases");
    }

    @Override
    public List<Document> collections(String database) {
        return list(client.get(database(database) + "/collections"), "collections");
    }

    @Override
    public List<Document> indexes(String database, String collection) {
        return list(client.get(collection(database, collection) + "/indexes"), "indexes").stream()
                .map(index -> index.without("accesses").without("building"))
                .toList();
    }

    private static List<Document> list(Document answer, String name) {
        return ((ArrayValue) answer.get(name))
                .elements().stream().map(Document.class::cast).toList();
    }

    @Override
    public boolean createCollection(String database, String collection, Document options) {
        return client.send("PUT", collection(database, collection), Optional.of(options)).status()
                == 201;
    }

    private static String bucket(String name) {
        return "/api/v1/buckets/" + RestClient.encoded(name);
    }

    private static String blob(String bucket, String key) {
        return bucket(bucket) + "/" + RestClient.encoded(key).replace("%2F", "/");
    }

    @Override
    public void putBlob(String bucket, String key, byte[] blob) {
        client.put(blob(bucket, key), blob);
    }

    @Override
    public Optional<byte[]> getBlob(String bucket, String key) {
        return client.bytes(blob(bucket, key));
    }

    @Override
    public void deleteBlob(String bucket, String key) {
        client.send("DELETE", blob(bucket, key), Optional.empty());
    }

    @Override
    public List<Document> blobs(String bucket, String prefix, int limit) {
        String query = "?limit=" + limit + "&prefix=" + RestClient.encoded(prefix);
        RestClient.Answer answer = client.sendAny("GET", bucket(bucket) + query, Optional.empty());
        return answer.status() == 404
                ? List.of()
                : list(RestClient.checked(answer).body(), "blobs").stream()
                        .map(blob -> blob.without("etag"))
                        .toList();
    }

    @Override
    public boolean dropBucket(String bucket) {
        RestClient.Answer answer = client.sendAny("DELETE", bucket(bucket), Optional.empty());
        return answer.status() != 404 && RestClient.checked(answer).status() == 204;
    }

    @Override
    public String place() {
        return client.server().toString();
    }

    @Override
    public void close() {
        client.close();
    }

    /** A document as the server wants to read it. */
    static String json(Document document) {
        return ExtendedJson.write(document, JsonMode.CANONICAL);
    }
}
