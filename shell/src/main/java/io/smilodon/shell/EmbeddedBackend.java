package io.smilodon.shell;

import io.smilodon.database.Batch;
import io.smilodon.database.CollectionSummary;
import io.smilodon.database.DatabaseSummary;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Actions;
import io.smilodon.database.action.TransactionBody;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.bucket.BlobPage;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A data directory opened in this process. */
final class EmbeddedBackend implements Backend {

    private final Path directory;
    private final Smilodon smilodon;

    EmbeddedBackend(Path directory, Smilodon smilodon) {
        this.directory = directory;
        this.smilodon = smilodon;
    }

    private DocumentCollection collection(String database, String collection) {
        return smilodon.database(database).collection(collection);
    }

    @Override
    public Document run(Target target, String action, Document body) {
        if (target.transaction().isEmpty()) {
            return Actions.run(collection(target.database(), target.collection()), action, body);
        }
        return smilodon.transactions()
                .use(
                        target.transaction().get(),
                        own ->
                                Actions.run(
                                        own.database(target.database())
                                                .collection(target.collection()),
                                        action,
                                        body));
    }

    @Override
    public Document command(String database, Document command, Optional<String> transaction) {
        CommandContext context = CommandContext.of(smilodon, database);
        if (transaction.isEmpty()) {
            return Commands.run(context, command);
        }
        return smilodon.transactions()
                .use(transaction.get(), own -> Commands.run(context.withTransaction(own), command));
    }

    @Override
    public String begin(Document options) {
        return smilodon.transactions().begin(TransactionBody.settings(options));
    }

    @Override
    public void commit(String transaction) {
        smilodon.transactions().commit(transaction);
    }

    @Override
    public void abort(String transaction) {
        smilodon.transactions().abort(transaction);
    }

    @Override
    public Document next(String cursorId, int batchSize) {
        Batch batch = smilodon.cursors().next(cursorId, OptionalInt.of(batchSize));
        Value id = batch.cursorId().map(Value::of).orElse(NullValue.INSTANCE);
        return Document.builder()
                .put("documents", ArrayValue.of(batch.documents()))
                .put("cursor", Document.of("id", id))
                .build();
    }

    @Override
    public void closeCursor(String cursorId) {
        smilodon.cursors().kill(cursorId);
    }

    @Override
    public List<Document> databases() {
        return smilodon.databases().stream().map(DatabaseSummary::toDocument).toList();
    }

    @Override
    public List<Document> collections(String database) {
        return smilodon.database(database).collections().stream()
                .map(CollectionSummary::toDocument)
                .toList();
    }

    @Override
    public boolean createCollection(String database, String collection, Document options) {
        return smilodon.database(database).createCollection(collection, options);
    }

    @Override
    public List<Document> indexes(String database, String collection) {
        return collection(database, collection).indexes();
    }

    @Override
    public void putBlob(String bucket, String key, byte[] blob) {
        smilodon.bucket(bucket).put(key, blob);
    }

    @Override
    public Optional<byte[]> getBlob(String bucket, String key) {
        return smilodon.bucket(bucket).get(key);
    }

    @Override
    public void deleteBlob(String bucket, String key) {
        smilodon.bucket(bucket).delete(key);
    }

    @Override
    public List<Document> blobs(String bucket, String prefix, int limit) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        return smilodon.bucket(bucket).list(start, new byte[0], limit).entries().stream()
                .map(EmbeddedBackend::describe)
                .toList();
    }

    private static Document describe(BlobPage.Entry entry) {
        return Document.builder()
                .put("key", Blobs.shown(entry.key()))
                .put("bytes", entry.bytes())
                .build();
    }

    @Override
    public boolean dropBucket(String bucket) {
        return smilodon.bucket(bucket).drop();
    }

    @Override
    public String place() {
        return directory.toString();
    }

    @Override
    public void close() {
        smilodon.close();
    }
}
