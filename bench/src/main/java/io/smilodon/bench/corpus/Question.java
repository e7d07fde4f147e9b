package io.smilodon.bench.corpus;

/**
 * What the queries ask for. Every query takes the parts that it needs.
 *
 * @param email of a document
 * @param score in the lower 99 % of all
 * @param city of a document
 * @param tag of a document, so mostly one that many have
 * @param country of a document
 * @param visitsMin any number of visits
 * @param balanceMax any balance
 * @param word neither very frequent nor very rare
 * @param otherWord like it, but another
 * @param near within 5 km of a document
 * @param around within 6 km of a document
 */
public record Question(
        String email,
        int score,
        String city,
        String tag,
        String country,
        int visitsMin,
        double balanceMax,
        String word,
        String otherWord,
        Circle near,
        Circle around) {

    private static final int NEAR_KILOMETRES = 5;
    private static final int AROUND_KILOMETRES = 6;

    /** Questions about documents of which there are so many. */
    public static Question of(People people, int documents, SplitMix random) {
        Person person = people.at(random.nextInt(documents));
        int rank = random.nextInt(People.MIDDLING_WORDS);
        int otherRank = rank + 1 + random.nextInt(People.MIDDLING_WORDS - 1);
        return new Question(
                person.email(),
                random.nextInt(People.SCORES / 100 * 99),
                person.city(),
                person.tags().get(random.nextInt(person.tags().size())),
                person.country(),
                random.nextInt(People.VISITS),
                random.nextInt(People.BALANCES),
                people.middlingWord(rank),
                people.middlingWord(otherRank % People.MIDDLING_WORDS),
                new Circle(person.longitude(), person.latitude(), NEAR_KILOMETRES),
                new Circle(person.longitude(), person.latitude(), AROUND_KILOMETRES));
    }
}
