package io.smilodon.rest;

import io.smilodon.engine.store.Precondition;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What requests of RESTHeart's clients say of the version that they replace. Pure functions. */
final class RestheartTags {

    private static final Pattern OURS = Pattern.compile("\\s*([*]|\"?[0-9]{1,18}\"?)\\s*");
    private static final long NOTHING = -1;

    private RestheartTags() {}

    /** What a write may go on with; a tag that is none of ours is that of nothing. */
    static Precondition precondition(Exchange exchange) {
        boolean isForeign =
                exchange.header("If-Match").filter(tag -> !OURS.matcher(tag).matches()).isPresent();
        return isForeign ? Precondition.version(NOTHING) : ETags.precondition(exchange);
    }

    /**
     * Answers a write that does not say what it replaces though it must, or says another version
     * than there is.
     *
     * @param version the one that there is; 0 if nobody has written it yet
     * @param isRequired whether it must say so
     * @return whether it may go on
     */
    static boolean check(RestheartExchange request, long version, boolean isRequired) {
        Exchange exchange = request.exchange();
        boolean isTold = exchange.header("If-Match").isPresent();
        if (isRequired && !isTold) {
            refuse(request, version, 409);
            return false;
        }
        Precondition only = precondition(exchange);
        if (isTold && !only.equals(Precondition.PRESENT) && !only.holds(OptionalLong.of(version))) {
            refuse(request, version, 412);
            return false;
        }
        return true;
    }

    /** Answers with the version that there is. */
    static void refuse(RestheartExchange request, long version, int status) {
        Problem problem =
                status == 409
                        ? Problem.ofHttp(
                                409,
                                "The ETag must be provided using the 'If-Match' header.",
                                "repeat the request with the ETag of this answer")
                        : Problem.ofHttp(
                                412,
                                "It is not the version that the request expects",
                                "read it again and repeat the request with its ETag");
        request.tag(version).exchange().answer(problem);
    }
}
