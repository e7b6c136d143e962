package nad.bound;

import nad.core.Operand;
import nad.tensor.Layout;

/// A contribution to a bar: `bar[place] += source`, or `−=`. What a block should give names the variable whose bar it is;
/// what a dump's instruction does give names the bar.
record Gift(int variable, Layout place, boolean negative, Operand source) {}
