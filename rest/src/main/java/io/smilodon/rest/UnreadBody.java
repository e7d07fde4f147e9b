package io.smilodon.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The part of a request's body that nobody wants, as the request is refused. If the connection were
 * closed on it, a client that is still sending would see it break and never read why (RFC 9112,
 * 9.6).
 */
final class UnreadBody {

    /** More is not waited for. */
    private static final long BYTES_MAX = 1 << 20;

    private UnreadBody() {}

    private static boolean isShort(long length) {
        return length > 0 && length <= BYTES_MAX;
    }

    /** Reads the rest of a body whose length is known and small. */
    static void discard(HttpServletRequest request) {
        if (isShort(request.getContentLengthLong())) {
            try (InputStream rest = request.getInputStream()) {
                rest.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                return; // who has left reads no answer
            }
        }
    }
}
