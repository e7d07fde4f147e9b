package io.smilodon.index.text.lucene;

/** How the files of Lucene indexes are named among those of the store: by the index's number. */
final class LuceneFiles {

    private static final String START = "lucene-";

    private LuceneFiles() {}

    /** What the names of the files of one index begin with. */
    static String prefix(int indexId) {
        return START + indexId + "-";
    }

    /** The index that a file belongs to; −1 for any other file. */
    static int indexOf(String name) {
        int end = name.startsWith(START) ? name.indexOf('-', START.length()) : -1;
        String number = end < 0 ? "" : name.substring(START.length(), end);
        return number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
    }
}
