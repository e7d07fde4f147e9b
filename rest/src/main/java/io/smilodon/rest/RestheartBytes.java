package io.smilodon.rest;

import io.smilodon.database.VersionedDocument;
import io.smilodon.database.files.FileBucket;
import io.smilodon.database.files.FileContent;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.rest.restheart.ByteRange;
import io.smilodon.rest.restheart.FileForm;
import io.smilodon.rest.restheart.HeaderValue;
import java.util.List;
import java.util.Optional;

/** The bytes of files, for RESTHeart's clients. */
final class RestheartBytes {

    private static final int ATTEMPTS_MAX = 100;

    private RestheartBytes() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        Route.get(RestheartFiles.FILE + "/binary", Permission.READ)
                                .demanding(RestheartFiles.both("find"))
                                .parameter("id_type", "the type of the id in the path")
                                .summary("Read the bytes of a file")
                                .answer(200, "They; the version of the file is the ETag")
                                .answer(206, "Those that Range asks for")
                                .answer(304, "It is still the version of If-None-Match")
                                .answer(404, "There is no such file")
                                .answer(416, "Range asks for none of its bytes")
                                .atOnce(),
                        RestheartBytes::send));
    }

    /** A file that is replaced while it is looked at is looked at again. */
    private static void send(RestheartExchange request) {
        FileBucket bucket = RestheartFiles.bucket(request);
        boolean isAnswered = false;
        for (int attempt = 1; !isAnswered; attempt++) {
            isAnswered = isAnswered(request, bucket, attempt == ATTEMPTS_MAX);
        }
    }

    private static boolean isAnswered(
            RestheartExchange request, FileBucket bucket, boolean isLast) {
        try {
            send(request, bucket);
            return true;
        } catch (SmilodonException failure) {
            if (isLast || !failure.code().equals(ErrorCode.WRITE_CONFLICT)) {
                throw failure;
            }
            return false;
        }
    }

    private static void send(RestheartExchange request, FileBucket bucket) {
        VersionedDocument file =
                bucket.find(request.id()).orElseThrow(() -> RestheartFiles.noFile(request));
        String tag = ETags.of(file.version());
        Exchange exchange = request.tag(file.version()).exchange();
        if (exchange.header("If-None-Match").filter(tags -> ETags.match(tags, tag)).isPresent()) {
            exchange.answer(304);
            return;
        }
        long length = FileBucket.length(file.document());
        boolean isStale = exchange.header("If-Range").filter(each -> !each.equals(tag)).isPresent();
        Optional<String> header = isStale ? Optional.empty() : exchange.header("Range");
        Optional<ByteRange> range = ByteRange.of(header, length);
        if (range.isEmpty()) {
            exchange.headerOut("Content-Range", "bytes */" + length)
                    .answer(Problem.ofHttp(416, "The file has none of these bytes", ""));
            return;
        }
        send(request, bucket, file, range.get());
    }

    /** A page that somebody stored is shown without its scripts, and has nothing of ours. */
    private static void describe(Exchange exchange, Document file, ByteRange range) {
        exchange.headerOut("Content-Disposition", HeaderValue.inline(FileForm.filename(file)))
                .headerOut("X-Content-Type-Options", "nosniff")
                .headerOut("Content-Security-Policy", "sandbox")
                .headerOut("Accept-Ranges", "bytes")
                .headerOut("Content-Length", Long.toString(range.to() - range.from()));
        if (range.isPart()) {
            String total = Long.toString(FileBucket.length(file));
            String last = Long.toString(range.to() - 1);
            exchange.headerOut("Content-Range", "bytes " + range.from() + "-" + last + "/" + total);
        }
    }

    private static void send(
            RestheartExchange request, FileBucket bucket, VersionedDocument file, ByteRange range) {
        Exchange exchange = request.exchange();
        exchange.asLongOperation(
                bucket.files().namespace().toString(),
                "GET file",
                Document.EMPTY,
                () -> {
                    try (FileContent content = bucket.content(file, range.from(), range.to())) {
                        describe(exchange, file.document(), range);
                        stream(exchange, file.document(), range, content);
                        return file;
                    }
                });
    }

    private static void stream(
            Exchange exchange, Document file, ByteRange range, FileContent content) {
        boolean isHead = exchange.method().equals("HEAD");
        exchange.stream(
                range.isPart() ? 206 : 200,
                FileForm.contentType(file),
                isHead ? output -> {} : content::send);
    }
}
