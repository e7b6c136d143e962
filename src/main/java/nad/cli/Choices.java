package nad.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import nad.arithmetic.Arithmetic;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;

/// The values that options take: what is refused, what help lists and what a shell completes are these.
final class Choices {
    static final List<String> FORMATS = List.of("nad", "json", "dot", "latex", "slp", "html");
    static final List<String> PICTURES = List.of("svg", "png");
    static final List<String> COLORS = List.of("auto", "always", "never");
    static final List<String> ARITHMETICS = Arithmetic.OFFERED.stream().map(Arithmetic::text).toList();
    static final List<String> SHELLS = List.of("bash", "zsh");

    private Choices() {}

    /// The value among those allowed that is this one but for its case.
    static String of(String option, String value, List<String> allowed) throws Refusal {
        for (String a : allowed) if (a.equals(value.toLowerCase(Locale.ROOT))) return a;
        throw new Refusal(new nad.report.Problem.BadOption(nad.report.Span.NONE, option, value, String.join(", ", allowed)));
    }

    abstract static class Words implements Iterable<String> {
        private final List<String> words;

        Words(List<String> words) {
            this.words = words;
        }

        @Override
        public Iterator<String> iterator() {
            return words.iterator();
        }
    }

    static final class Formats extends Words {
        Formats() {
            super(FORMATS);
        }
    }

    static final class Pictures extends Words {
        Pictures() {
            super(PICTURES);
        }
    }

    static final class Colors extends Words {
        Colors() {
            super(COLORS);
        }
    }

    static final class Arithmetics extends Words {
        Arithmetics() {
            super(ARITHMETICS);
        }
    }

    static final class Conventions extends Words {
        Conventions() {
            super(Selections.CONVENTIONS);
        }
    }

    static final class CostModels extends Words {
        CostModels() {
            super(CostModel.NAMES);
        }
    }

    static final class Shells extends Words {
        Shells() {
            super(SHELLS);
        }
    }
}
