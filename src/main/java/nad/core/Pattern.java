package nad.core;

import java.util.ArrayList;
import java.util.List;

/// Instructions that a program has again and again, with other references each time. The numbers of which they consist, heads among
/// them, are in *slots*, and the pattern says which slot each number is in: so writing it is copying. All its new variables are scalars.
public final class Pattern {
    static final int UNNAMED = -1;
    static final int NUMBERED = -2;

    private final List<Integer> numbers = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> made = new ArrayList<>();
    private final List<Integer> names = new ArrayList<>();
    /// The slot of each number, and where each instruction begins among them.
    int[] from;
    int[] start;
    /// The slots of the variables that it makes, in their order, and the slot of the variable that each is named after, or one of those above.
    int[] fresh;
    int[] named;

    /// An instruction: the slots of its head, of what it writes, of its operands.
    public void instruction(int head, int to, int... operands) {
        starts.add(numbers.size());
        numbers.add(head);
        numbers.add(to);
        for (int o : operands) numbers.add(o);
    }

    /// A new variable without a name, or with the next number.
    public void variable(int slot, boolean numbered) {
        made.add(slot);
        names.add(numbered ? NUMBERED : UNNAMED);
    }

    /// A new variable that is named after another.
    public void variableAfter(int slot, int other) {
        made.add(slot);
        names.add(other);
    }

    public Pattern finish() {
        from = ints(numbers);
        start = ints(starts);
        fresh = ints(made);
        named = ints(names);
        return this;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
