package io.smilodon.rest;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads on where a request has been answered before all of its body came, as a refused one is, and
 * drops what it reads. If the connection were closed at once, a client that is still sending would
 * see it break and never read why (RFC 9112, 9.6).
 */
final class LingeringClose extends Handler.Wrapper {

    /** Who sends more is cut off. Who sends nothing more, as any idle connection is. */
    static final long BYTES_MAX = 64 << 20;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Body body = new Body(request);
        return super.handle(
                body, response, Callback.from(() -> body.drop(callback), callback::failed));
    }

    /**
     * A body that can be read after the answer. Jetty asks it to consume what is there when a
     * request is answered, and by itself would fail the rest.
     */
    private static final class Body extends Request.Wrapper {

        /** A client that sends fast must not keep its answer waiting. */
        private static final int READS_MAX = 16;

        private long dropped;

        Body(Request request) {
            super(request);
        }

        /** Whether all is read by now. */
        @Override
        public boolean consumeAvailable() {
            for (int reads = 0; reads < READS_MAX; reads++) {
                Content.Chunk chunk = read();
                if (chunk == null) {
                    return false;
                }
                chunk.release();
                if (chunk.isLast()) {
                    return !Content.Chunk.isFailure(chunk);
                }
            }
            return false;
        }

        void drop(Callback callback) {
            boolean isEnd = false;
            while (!isEnd) {
                Content.Chunk chunk = read();
                if (chunk == null) {
                    demand(() -> drop(callback));
                    return;
                }
                dropped += chunk.remaining();
                chunk.release();
                boolean isOver = chunk.isLast() || Content.Chunk.isFailure(chunk);
                isEnd = isOver || dropped > BYTES_MAX;
            }
            callback.succeeded();
        }
    }
}
