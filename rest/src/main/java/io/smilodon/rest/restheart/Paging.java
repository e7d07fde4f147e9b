package io.smilodon.rest.restheart;

/**
 * Which part of a list is asked for: {@code page}, {@code pagesize} and {@code count}.
 *
 * @param page from 1 on
 * @param pagesize how many there are on a page, from 0 to {@link #SIZE_MAX}
 * @param count whether the whole list is counted
 */
public record Paging(int page, int pagesize, Count count) {

    /** The largest page. */
    public static final int SIZE_MAX = 1_000;

    private static final int SIZE = 100;

    /** How a whole list is counted. */
    public enum Count {
        NONE,
        EXACT,
        ESTIMATED
    }

    static Paging of(Query query) {
        return new Paging(
                query.number("page", 1, 1, Integer.MAX_VALUE),
                query.number("pagesize", SIZE, 0, SIZE_MAX),
                count(query));
    }

    /** Anything but {@code estimated} asks for the exact number. */
    private static Count count(Query query) {
        if (!query.flag("count")) {
            return Count.NONE;
        }
        boolean isEstimated = query.first("count").orElse("").equalsIgnoreCase("estimated");
        return isEstimated ? Count.ESTIMATED : Count.EXACT;
    }

    /** How many are on the pages before. */
    public long skip() {
        return (page - 1L) * pagesize;
    }

    /** How many pages a list has. */
    long pages(long size) {
        return pagesize == 0 ? 0 : (size + pagesize - 1) / pagesize;
    }
}
