package io.smilodon.rest;

import io.javalin.http.Context;
import io.smilodon.database.transfer.DocumentText;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Answers a request with any number of documents, as they come. An answer that has begun cannot
 * turn into an error: where one occurs the connection is closed before the end of the body, which
 * every client notices. One thread.
 */
final class StreamedAnswer {

    private static final Logger LOGGER = Logger.getLogger(StreamedAnswer.class.getName());

    private static final int PACKED_BYTES = 8 << 10;

    private final Context context;

    StreamedAnswer(Context context) {
        this.context = context;
    }

    /**
     * Sends the documents.
     *
     * @throws SmilodonException if even the first one cannot be had; nothing is sent then
     */
    void send(DocumentText text, Iterator<Document> documents) {
        boolean hasAny = documents.hasNext();
        context.status(200);
        try {
            Writer output = new OutputStreamWriter(body(), StandardCharsets.UTF_8);
            output.write(text.head());
            if (hasAny) {
                write(text, documents, output);
            }
            output.write(text.tail());
            output.close();
        } catch (SmilodonException failure) {
            cut(failure);
        } catch (IOException gone) {
            LOGGER.log(Level.FINE, gone, () -> "the client has left: " + context.path());
        }
    }

    /** Bytes that are sent as they come. */
    @FunctionalInterface
    interface Bytes {
        void send(OutputStream output) throws IOException;
    }

    /** Sends bytes, as they are. */
    void send(Bytes bytes) {
        try (OutputStream output = context.res().getOutputStream()) {
            bytes.send(output);
        } catch (SmilodonException failure) {
            cut(failure);
        } catch (IOException gone) {
            LOGGER.log(Level.FINE, gone, () -> "the client has left: " + context.path());
        }
    }

    private OutputStream body() throws IOException {
        OutputStream body = context.res().getOutputStream();
        if (!takesGzip()) {
            return body;
        }
        context.header("Content-Encoding", "gzip").header("Vary", "Accept-Encoding");
        return new GZIPOutputStream(body, PACKED_BYTES);
    }

    private boolean takesGzip() {
        String accepted = Optional.ofNullable(context.header("Accept-Encoding")).orElse("");
        return Arrays.stream(accepted.split(","))
                .map(coding -> coding.replace(" ", "").toLowerCase(Locale.ROOT))
                .anyMatch(coding -> coding.equals("gzip") || coding.matches("gzip;q=.*[1-9].*"));
    }

    private static void write(DocumentText text, Iterator<Document> documents, Writer output)
            throws IOException {
        while (documents.hasNext()) {
            output.write(text.next(documents.next()));
        }
    }

    private void cut(SmilodonException failure) {
        LOGGER.log(Level.WARNING, failure, () -> "answer breaks off: " + context.path());
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .close();
    }
}
