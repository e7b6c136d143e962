package nad.core;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Names as numbers: a name is a stem, the `t…_bar` of `t17_bar`, and the number in it, the last one that its text has. So 10⁷ made-up
/// names take eight bytes each, that one is taken is a bit, and no text is written until somebody asks for it.
final class Names {
    static final long NONE = 0;
    private static final int MOST_DIGITS = 9;

    /// The names of one stem. A number stands in the marks one place on: place 0 is the name without a number.
    private static final class Stem {
        final String before;
        final String after;
        final BitSet taken = new BitSet();
        /// Of those taken the ones that no variable bears.
        final BitSet reserved = new BitSet();
        /// Whether a variable bears them: numbers that would make the marks longer than the names are many.
        final Map<Integer, Boolean> far = new HashMap<>(0);
        int marked;
        int next;
        String suffix;
        int extended;

        Stem(String before, String after) {
            this.before = before;
            this.after = after;
        }

        boolean isTaken(int place) {
            return taken.get(place) || !far.isEmpty() && far.containsKey(place);
        }

        boolean isBorne(int place) {
            return taken.get(place) && !reserved.get(place) || !far.isEmpty() && far.getOrDefault(place, false);
        }

        void mark(int place, boolean byVariable) {
            if (place > 1024 + 32 * marked++) {
                far.merge(place, byVariable, Boolean::logicalOr);
            } else {
                taken.set(place);
                if (!byVariable) reserved.set(place);
                else if (!reserved.isEmpty()) reserved.clear(place);
            }
        }

        void forget(int place) {
            taken.clear(place);
            reserved.clear(place);
            far.remove(place);
        }
    }

    /// From number 1 on, so that no name is 0.
    private Stem[] stems = new Stem[16];
    private int count = 1;
    private final Map<String, Map<String, Integer>> numbers = new HashMap<>();
    private String lastPrefix;
    private int lastPrefixStem;
    /// The last stem that a suffix was put to, and what it became.
    private int lastStem;
    private String lastSuffix;
    private int lastExtended;

    Names() {}

    /// The same stems by the same numbers, with nothing taken.
    Names(Names like) {
        for (int k = 1; k < like.count; k++) stem(like.stems[k].before, like.stems[k].after);
    }

    private int stem(String before, String after) {
        return numbers.computeIfAbsent(before, b -> new HashMap<>(2)).computeIfAbsent(after, a -> {
            if (count == stems.length) stems = Arrays.copyOf(stems, 2 * count);
            stems[count] = new Stem(before, after);
            return count++;
        });
    }

    private static long name(int stem, int place) {
        return (long) stem << 32 | place;
    }

    private Stem stem(long name) {
        return stems[(int) (name >>> 32)];
    }

    private static int place(long name) {
        return (int) name;
    }

    long of(String text) {
        int end = text.length();
        while (end > 0 && !isDigit(text.charAt(end - 1))) end--;
        int begin = end;
        while (begin > 0 && isDigit(text.charAt(begin - 1))) begin--;
        // A number has no zeros in front: those belong to the stem.
        while (begin < end - 1 && text.charAt(begin) == '0') begin++;
        if (begin == end || end - begin > MOST_DIGITS) return name(stem(text, ""), 0);
        return name(stem(text.substring(0, begin), text.substring(end)), 1 + Integer.parseInt(text, begin, end, 10));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    String text(long name) {
        if (name == NONE) return null;
        Stem s = stem(name);
        return place(name) == 0 ? s.before : s.before + (place(name) - 1) + s.after;
    }

    /// The name with a suffix, as in `t17_bar`; what has no name gets one.
    long with(String suffix, long name) {
        if (place(name) > 0 && (int) (name >>> 32) == lastStem && suffix == lastSuffix) return name(lastExtended, place(name));
        if (name == NONE) return with(suffix, numbered("t", 1));
        Stem s = stem(name);
        if (place(name) > 0 && suffix.equals(s.suffix)) {
            lastStem = (int) (name >>> 32);
            lastSuffix = suffix;
            lastExtended = s.extended;
            return name(s.extended, place(name));
        }
        long extended = of(text(name) + suffix);
        // Where the suffix has a number of its own, that is the last one.
        if (place(name) > 0 && stem(extended).before.equals(s.before)) {
            s.suffix = suffix;
            s.extended = (int) (extended >>> 32);
        }
        return extended;
    }

    /// Whether one of the first `n` names is another one that is taken, and this suffix.
    boolean isOther(long[] names, int n, String suffix) {
        char last = suffix.charAt(suffix.length() - 1);
        int numbered = 0;
        for (int k = 0; k < n; k++) {
            long name = names[k];
            // Numbers of one stem end alike.
            if (name == NONE || place(name) > 0 && (int) (name >>> 32) == numbered) continue;
            Stem s = stem(name);
            String end = s.after.isEmpty() && place(name) == 0 ? s.before : s.after;
            if (end.isEmpty() ? !isDigit(last) : end.charAt(end.length() - 1) != last) {
                if (place(name) > 0) numbered = (int) (name >>> 32);
                continue;
            }
            String text = text(name);
            if (text.endsWith(suffix) && isTaken(text.substring(0, text.length() - suffix.length()))) return true;
        }
        return false;
    }

    // ---- which are taken

    void reserve(String text) {
        long name = of(text);
        Stem s = stem(name);
        if (!s.isTaken(place(name))) s.mark(place(name), false);
    }

    /// Marks a variable's name.
    void bear(long name) {
        stem(name).mark(place(name), true);
    }

    boolean isTaken(String text) {
        long name = of(text);
        return stem(name).isTaken(place(name));
    }

    void forget(long name) {
        stem(name).forget(place(name));
    }

    /// Whether a variable bears the name.
    boolean isBorne(long name) {
        return stem(name).isBorne(place(name));
    }

    /// The next of `prefix1`, `prefix2`, … that is not taken, counted from `first` on; taken from now on. The prefix ends in no digit.
    long numbered(String prefix, int first) {
        if (prefix != lastPrefix) {
            lastPrefixStem = stem(prefix, "");
            lastPrefix = prefix;
        }
        int number = lastPrefixStem;
        Stem s = stems[number];
        int k = Math.max(s.next, first);
        while (s.isTaken(k + 1)) k++;
        s.mark(k + 1, true);
        s.next = k + 1;
        return name(number, k + 1);
    }

    /// From which number on [#numbered] looks.
    int next(String prefix) {
        return stems[stem(prefix, "")].next;
    }

    void setNext(String prefix, int next) {
        stems[stem(prefix, "")].next = next;
    }
}
