package io.smilodon.bench.corpus;

import java.util.List;
import java.util.Locale;

/**
 * One document of the benchmark, as a program would hold it: every peer turns it into its own form
 * inside the measured time.
 *
 * @param id identifies it; ascending from 0
 * @param created milliseconds since 1970
 */
public record Person(
        int id,
        String first,
        String last,
        String email,
        String city,
        String street,
        int zip,
        String country,
        int score,
        int visits,
        double balance,
        long created,
        boolean isActive,
        List<String> tags,
        double longitude,
        double latitude,
        String text) {

    /** The same document under another id, with the email that goes with it. */
    public Person renumbered(int other) {
        return new Person(
                other,
                first,
                last,
                email(first, other),
                city,
                street,
                zip,
                country,
                score,
                visits,
                balance,
                created,
                isActive,
                tags,
                longitude,
                latitude,
                text);
    }

    static String email(String first, int id) {
        return first.toLowerCase(Locale.ROOT) + '.' + id + "@example.org";
    }
}
