package io.smilodon.rest;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.VersionedDocument;
import io.smilodon.database.files.FileBucket;
import io.smilodon.database.files.FileUpload;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.BulkReport;
import io.smilodon.rest.restheart.FileForm;
import io.smilodon.rest.restheart.Properties;
import io.smilodon.rest.restheart.Reserved;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Files in buckets, for RESTHeart's clients; drivers know them as GridFS. */
final class RestheartFiles {

    private static final String BUCKET =
            RestheartExchange.DATABASE + "/{bucket}" + FileBucket.FILES;
    static final String FILE = BUCKET + "/{id}";
    private static final String FORM = "multipart/form-data";
    private static final String CHUNKS = ".chunks";

    private final long bytesMax;

    /**
     * @param bytesMax how large a file may be
     */
    RestheartFiles(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Whether a request may have a form as its body. */
    static boolean takesForms(String path) {
        return RestheartExchange.isBelowMount(path)
                && path.matches(".*" + FileBucket.FILES.replace(".", "[.]") + "(/[^/]*)?/?");
    }

    /** What these commands need for both collections of the bucket. */
    static Demand both(String... names) {
        return Demand.commands(exchange -> commands(exchange, names));
    }

    private static List<Document> commands(Exchange exchange, String... names) {
        return Stream.of(FileBucket.FILES, CHUNKS)
                .map(end -> Value.of(exchange.path("bucket") + end))
                .flatMap(collection -> Stream.of(names).map(each -> Document.of(each, collection)))
                .toList();
    }

    private static Demand and(Document command, String... names) {
        return Demand.commands(
                exchange ->
                        Stream.concat(Stream.of(command), commands(exchange, names).stream())
                                .toList());
    }

    private static final Demand CREATING =
            and(RestheartCatalogue.REMEMBERING, "create", "createIndexes");

    private static final Demand DROPPING = and(RestheartCatalogue.FORGETTING, "drop");

    /** Metadata may be put too, but who may do only that is asked to PATCH. */
    private static final Demand PUTTING = both("insert", "update", "delete");

    private static final Demand PATCHING =
            Demand.commands(
                    exchange ->
                            List.of(
                                    Document.of(
                                            "update",
                                            Value.of(exchange.path("bucket") + FileBucket.FILES))));

    List<Route> routes() {
        return Stream.of(ofBuckets(), storing(), ofFiles(), RestheartBytes.routes())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> ofBuckets() {
        return List.of(
                RestheartExchange.route(
                        Route.put(BUCKET, Permission.ADMINISTER)
                                .demanding(CREATING)
                                .parameter("checkEtag", "If-Match must be there")
                                .summary("Create a bucket of files, or replace its properties")
                                .body("The properties, or nothing")
                                .answer(201, "It is there now")
                                .answer(200, "It was there already"),
                        RestheartFiles::create),
                RestheartExchange.route(
                        Route.delete(BUCKET, Permission.ADMINISTER)
                                .demanding(DROPPING)
                                .summary("Drop a bucket with its files; If-Match has its ETag")
                                .answer(204, "It is gone")
                                .answer(404, "There is no such bucket")
                                .answer(409, "If-Match is not there; the ETag is in the answer")
                                .answer(412, "If-Match is not its ETag"),
                        RestheartFiles::drop));
    }

    private List<Route> storing() {
        return List.of(
                RestheartExchange.route(
                        Route.post(BUCKET, Permission.WRITE)
                                .demanding(both("insert"))
                                .summary("Store a file")
                                .form("The file, and metadata as JSON, which may have an _id")
                                .answer(201, "Stored; its address is Location")
                                .answer(404, "There is no such bucket")
                                .answer(409, "There is a file of this _id")
                                .answer(413, "The file is too large")
                                .atOnce(),
                        this::post),
                RestheartExchange.route(
                        Route.put(FILE, Permission.WRITE)
                                .demanding(PUTTING)
                                .parameter("id_type", "the type of the id in the path")
                                .parameter("checkEtag", "If-Match must be there")
                                .summary("Store a file, or replace its metadata")
                                .form("The file, and metadata as JSON; or, as JSON, metadata only")
                                .answer(200, "Replaced")
                                .answer(201, "Stored")
                                .answer(404, "There is no such bucket, or no file for metadata")
                                .answer(412, "If-Match or If-None-Match does not hold")
                                .answer(413, "The file is too large")
                                .atOnce(),
                        this::put));
    }

    private static List<Route> ofFiles() {
        return List.of(
                RestheartExchange.route(
                        Route.patch(FILE, Permission.WRITE)
                                .demanding(PATCHING)
                                .parameter("id_type", "the type of the id in the path")
                                .parameter("checkEtag", "If-Match must be there")
                                .summary("Change some metadata of a file")
                                .body("Them")
                                .answer(200, "They are changed")
                                .answer(404, "There is no such file")
                                .answer(412, "If-Match does not hold"),
                        request -> writeMetadata(request, false)),
                RestheartExchange.route(
                        RestheartExchange.binding(Route.delete(FILE, Permission.WRITE))
                                .demanding(both("delete"))
                                .parameter("id_type", "the type of the id in the path")
                                .parameter("checkEtag", "If-Match must be there")
                                .parameter("filter", "with * for the id: which files")
                                .summary("Delete a file; with * for the id, all that match")
                                .answer(200, "With *: how many")
                                .answer(204, "It is gone")
                                .answer(404, "There was no such file")
                                .answer(412, "If-Match does not hold"),
                        RestheartFiles::delete));
    }

    // ---- Buckets

    static FileBucket bucket(RestheartExchange request) {
        String name = request.exchange().path("bucket");
        Reserved.refuse(Reserved.isCollection(name + FileBucket.FILES), name);
        return new FileBucket(request.database(), name);
    }

    private static Properties properties(RestheartExchange request) {
        String name = request.exchange().path("bucket") + FileBucket.FILES;
        return Properties.of(request.database(), name);
    }

    private static void create(RestheartExchange request) {
        request.existingDatabase();
        FileBucket bucket = bucket(request);
        RestheartProperties.put(
                request,
                properties(request),
                () -> {
                    boolean isNew = !bucket.files().exists();
                    bucket.create();
                    return isNew;
                });
    }

    private static FileBucket existing(RestheartExchange request) {
        FileBucket bucket = bucket(request);
        if (!bucket.files().exists()) {
            throw RestheartExchange.missing(
                    "The bucket does not exist",
                    bucket.files().namespace().toString(),
                    "PUT it first");
        }
        return bucket;
    }

    private static void drop(RestheartExchange request) {
        FileBucket bucket = existing(request);
        Properties properties = properties(request);
        if (RestheartTags.check(request, properties.version(), true)) {
            RestheartProperties.dropWith(request, properties);
            bucket.drop();
            request.answer(204);
        }
    }

    // ---- Files

    private void post(RestheartExchange request) {
        FileBucket bucket = existing(request);
        requireForm(request.exchange());
        store(request, bucket, Optional.empty(), Precondition.ABSENT);
    }

    private static void requireForm(Exchange exchange) {
        if (!exchange.bodyType().equals(FORM)) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "A file is stored by a form: " + FORM)
                    .withHint("curl -F file=@lake.jpg -F metadata='{\"author\": \"ann\"}'");
        }
    }

    private void put(RestheartExchange request) {
        if (!request.exchange().bodyType().equals(FORM)) {
            writeMetadata(request, true);
            return;
        }
        FileBucket bucket = existing(request);
        if (isExpected(request, bucket)) {
            Precondition only = RestheartTags.precondition(request.exchange());
            store(request, bucket, Optional.of(request.id()), only);
        }
    }

    /** Whether If-Match is there if it must be; answers if not. */
    private static boolean isExpected(RestheartExchange request, FileBucket bucket) {
        boolean isRequired = request.parameters().writing().checksTag();
        Optional<VersionedDocument> found = bucket.find(request.id());
        return found.isEmpty() || RestheartTags.check(request, found.get().version(), isRequired);
    }

    private void store(
            RestheartExchange request, FileBucket bucket, Optional<Value> id, Precondition only) {
        Exchange exchange = request.exchange();
        String type = exchange.header("Content-Type").orElse("");
        try (FileUpload upload = bucket.upload(bytesMax)) {
            ConditionalWriteResult result =
                    operation(
                            request,
                            bucket,
                            () -> {
                                FileForm form = FileForm.read(type, exchange.bodyStream(), upload);
                                return upload.finish(id.or(form::id), form.fields(), only);
                            });
            if (id.isEmpty() && result.outcome() == Outcome.PRECONDITION_FAILED) {
                throw new SmilodonException(
                                ErrorCode.DUPLICATE_KEY, "There is a file of this _id already")
                        .withHint("PUT replaces it");
            }
            answer(request, result, id.isEmpty());
        }
    }

    private static <T> T operation(RestheartExchange request, FileBucket bucket, Supplier<T> work) {
        Exchange exchange = request.exchange();
        return exchange.asLongOperation(
                bucket.files().namespace().toString(),
                exchange.method() + " file",
                Document.EMPTY,
                work);
    }

    private static void answer(
            RestheartExchange request, ConditionalWriteResult result, boolean isBelow) {
        Optional<VersionedDocument> now = result.document();
        switch (result.outcome()) {
            case CREATED -> {
                Value id = now.orElseThrow().document().get("_id");
                String path = request.address().path();
                String location = isBelow ? request.address().child(id) : path;
                request.exchange().headerOut("Location", location);
                request.tag(now.orElseThrow().version()).answer(201);
            }
            case REPLACED, UNCHANGED -> request.tag(now.orElseThrow().version()).answer(200);
            case DELETED -> request.answer(204);
            case NOT_FOUND -> throw noFile(request);
            case PRECONDITION_FAILED ->
                    RestheartTags.refuse(
                            request, now.map(VersionedDocument::version).orElse(0L), 412);
        }
    }

    static SmilodonException noFile(RestheartExchange request) {
        String id = request.exchange().path("id");
        return RestheartExchange.missing("The file does not exist", id, "POST it to the bucket");
    }

    private static void writeMetadata(RestheartExchange request, boolean isWhole) {
        if (RestheartDocuments.isBulk(request)) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE, "Metadata are written of one file at a time");
        }
        FileBucket bucket = existing(request);
        if (isExpected(request, bucket)) {
            Document change = FileForm.change(request.exchange().bodyDocument(), isWhole);
            Document update = Document.of("$set", change);
            Precondition only = RestheartTags.precondition(request.exchange());
            answer(
                    request,
                    operation(
                            request,
                            bucket,
                            () -> bucket.files().updateById(request.id(), update, only)),
                    false);
        }
    }

    private static void delete(RestheartExchange request) {
        FileBucket bucket = existing(request);
        if (RestheartDocuments.isBulk(request)) {
            deleteAll(request, bucket);
        } else if (isExpected(request, bucket)) {
            Precondition only = RestheartTags.precondition(request.exchange());
            answer(
                    request,
                    operation(request, bucket, () -> bucket.delete(request.id(), only)),
                    false);
        }
    }

    private static void deleteAll(RestheartExchange request, FileBucket bucket) {
        FindRequest all =
                FindRequest.of(request.parameters().selection().requiredFilter())
                        .withProjection(Document.of("_id", Value.of(1)));
        long count =
                operation(
                        request,
                        bucket,
                        () -> {
                            try (DocumentCursor files = bucket.files().find(all)) {
                                return deleteAll(bucket, files);
                            }
                        });
        Document done = Document.of("deletedCount", Value.of(count));
        request.answer(200, new BulkReport(done).told(request.address()));
    }

    private static long deleteAll(FileBucket bucket, DocumentCursor files) {
        long count = 0;
        while (files.hasNext()) {
            Value id = files.next().get("_id");
            boolean isGone = bucket.delete(id, Precondition.NONE).outcome() == Outcome.DELETED;
            count += isGone ? 1 : 0;
        }
        return count;
    }
}
