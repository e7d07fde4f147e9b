package io.smilodon.rest.restheart;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file a request asks for (RFC 9110, 14).
 *
 * @param from of the first byte
 * @param to behind the last
 * @param isPart whether it asks for a part
 */
public record ByteRange(long from, long to, boolean isPart) {

    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * Reads the header {@code Range}. One that is not understood, or asks for several ranges, asks
     * for everything.
     *
     * @param length of the file
     * @return empty if no byte of the file is in it
     */
    public static Optional<ByteRange> of(Optional<String> header, long length) {
        Matcher matcher = ONE.matcher(header.orElse("").replace(" ", ""));
        ByteRange all = new ByteRange(0, length, false);
        if (!matcher.matches()) {
            return Optional.of(all);
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return Optional.of(all);
        }
        if (first.isEmpty()) {
            long count = Math.min(Long.parseLong(last), length);
            return some(length - count, length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? length : Math.min(Long.parseLong(last) + 1, length);
        boolean isBackwards = !last.isEmpty() && Long.parseLong(last) < from;
        return isBackwards ? Optional.of(all) : some(from, to);
    }

    private static Optional<ByteRange> some(long from, long to) {
        return from < to ? Optional.of(new ByteRange(from, to, true)) : Optional.empty();
    }
}
