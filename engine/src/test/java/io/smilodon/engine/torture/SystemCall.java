package io.smilodon.engine.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One system call of a trace made by {@code strace -f -y}.
 *
 * @param thread who
 * @param name of the call
 * @param arguments as they were printed
 * @param path of the first argument that is an open file; empty if none is
 * @param begin number of the line on which it begins
 * @param end number of the line on which it has its result
 */
record SystemCall(String thread, String name, String arguments, String path, int begin, int end) {

    private static final Pattern BEGIN = Pattern.compile("(\\d+) +(\\w+)\\((.*)", Pattern.DOTALL);
    private static final Pattern RESUMED =
            Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)", Pattern.DOTALL);
    private static final Pattern RESULT = Pattern.compile("\\) += (-?\\d+)[^=]*$");
    private static final Pattern OPEN_FILE = Pattern.compile("^\\d+<([^>]*)>");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final String UNFINISHED = " <unfinished ...>";

    /** The calls that succeeded, in order of their ends. */
    static List<SystemCall> parse(List<String> lines) {
        List<SystemCall> calls = new ArrayList<>();
        Map<String, Begun> begun = new HashMap<>();
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number);
            Matcher begin = BEGIN.matcher(line);
            Matcher resumed = RESUMED.matcher(line);
            if (resumed.matches() && begun.containsKey(resumed.group(1))) {
                Begun before = begun.remove(resumed.group(1));
                add(calls, before, before.text() + resumed.group(3), number);
            } else if (begin.matches()) {
                String text = begin.group(3);
                Begun now = new Begun(begin.group(1), begin.group(2), text, number);
                if (text.endsWith(UNFINISHED)) {
                    begun.put(now.thread(), now.cut());
                } else {
                    add(calls, now, text, number);
                }
            }
        }
        return calls;
    }

    private record Begun(String thread, String name, String text, int line) {

        Begun cut() {
            String whole = text.substring(0, text.length() - UNFINISHED.length());
            return new Begun(thread, name, whole, line);
        }
    }

    private static void add(List<SystemCall> calls, Begun begun, String text, int end) {
        Matcher result = RESULT.matcher(text);
        if (result.find() && Long.parseLong(result.group(1)) >= 0) {
            Matcher file = OPEN_FILE.matcher(text);
            String path = file.find() ? file.group(1) : "";
            calls.add(new SystemCall(begun.thread(), begun.name(), text, path, begun.line(), end));
        }
    }

    boolean isWrite() {
        return name.contains("write") || name.equals("ftruncate");
    }

    boolean isSync() {
        return name.equals("fsync") || name.equals("fdatasync");
    }

    boolean isRename() {
        return name.startsWith("rename");
    }

    boolean isUnlink() {
        return name.startsWith("unlink");
    }

    boolean isCreation() {
        return name.equals("openat") && arguments.contains("O_CREAT");
    }

    /** Texts between quotation marks: the paths of calls that name files. */
    List<String> quoted() {
        return QUOTED.matcher(arguments).results().map(found -> found.group(1)).toList();
    }
}
