package io.smilodon.database.hostile;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request of any size, as text with macros:
 *
 * <pre>
 * &lt;n>              the size
 * &lt;repeat x>       x, so many times
 * &lt;nest a|b|c>     a so many times, b, c so many times
 * &lt;list x>         x so many times, with commas; #i in it is 0, 1, 2, ...
 * &lt;inner x>        the same inside a list, with #j
 * &lt;few x>          a list of no more than 200
 * &lt;three x>        a list of three
 * </pre>
 */
final class HostileTemplate {

    private static final int FEW = 200;

    private final int size;

    private HostileTemplate(int size) {
        this.size = size;
    }

    static String expand(String text, int size) {
        return new HostileTemplate(size).expand(text);
    }

    private String expand(String text) {
        StringBuilder expanded = new StringBuilder();
        int done = 0;
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', done)) {
            int close = closing(text, open);
            expanded.append(text, done, open).append(macro(text.substring(open + 1, close)));
            done = close + 1;
        }
        return expanded.append(text.substring(done)).toString();
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            depth += text.charAt(at) == '<' ? 1 : 0;
            depth -= text.charAt(at) == '>' ? 1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private String macro(String written) {
        int space = written.indexOf(' ');
        String name = space < 0 ? written : written.substring(0, space);
        String operand = written.substring(space + 1);
        return switch (name) {
            case "n" -> Integer.toString(size);
            case "n-2" -> Integer.toString(size - 2);
            case "repeat" -> operand.repeat(size);
            case "nest" -> nest(operand.split("\\|", -1));
            case "list" -> list(size, operand, "#i");
            case "inner" -> list(size, operand, "#j");
            case "few" -> list(Math.min(size, FEW), operand, "#i");
            case "three" -> list(3, operand, "#i");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String nest(String... parts) {
        return parts[0].repeat(size) + parts[1] + parts[2].repeat(size);
    }

    private String list(int count, String element, String index) {
        String text = expand(element);
        return IntStream.range(0, count)
                .mapToObj(i -> text.replace(index, Integer.toString(i)))
                .collect(Collectors.joining(","));
    }
}
