package io.smilodon.rest.restheart;

import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where something is, as the request has it.
 *
 * @param path still encoded, without a slash at its end
 * @param query the query string, still encoded; empty if there is none
 */
public record Address(String path, String query) {

    public Address {
        path = path.replaceAll("/+$", "");
    }

    /** Where something below it is. */
    public String child(Value id) {
        String segment = IdType.segment(id);
        return segment.equals("#") ? segment : path + "/" + segment;
    }

    /** What it belongs to. */
    public Address parent() {
        return new Address(path.substring(0, path.lastIndexOf('/')), "");
    }

    String self() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Another page of the same list. */
    String page(long page, int pagesize) {
        String others =
                Arrays.stream(query.split("&"))
                        .filter(each -> !each.isEmpty() && !each.matches("page(size)?(=.*)?"))
                        .map(each -> "&" + each)
                        .collect(Collectors.joining());
        return path + "?page=" + page + "&pagesize=" + pagesize + others;
    }
}
