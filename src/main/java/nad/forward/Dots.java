package nad.forward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// The tangents of a program's variables, and of the views of them that its statements read: the same view, behind the axis of
/// the directions.
final class Dots {
    /// The axis of the directions in front of a value's own; empty for a single direction.
    private final int[] lead;
    private final Operand[] dots;

    Dots(int[] lead, int variables) {
        this.lead = lead;
        this.dots = new Operand[variables];
    }

    void put(int variable, Operand dot) {
        dots[variable] = dot;
    }

    /// Whether anything that the operand shows has a tangent.
    boolean moves(Operand x) {
        return switch (x) {
            case Operand.View v -> dots[v.variable()] != null;
            case Operand.Stack s -> s.parts().stream().anyMatch(this::moves);
            case Operand.Constant c -> false;
        };
    }

    /// The tangent of an operand: zeros where it depends on nothing that has one.
    Operand of(Operand x) {
        return switch (x) {
            case Operand.View v when dots[v.variable()] != null -> view(dots[v.variable()], v);
            case Operand.Stack s -> {
                List<Operand> parts = new ArrayList<>();
                for (Operand part : s.parts()) parts.add(of(part));
                yield new Operand.Stack(lead.length + s.axis(), parts);
            }
            default -> Operand.Constant.filled(Rational.ZERO, Shapes.concat(lead, x.shape()));
        };
    }

    /// `dot`, the tangent of the whole of a variable, seen as v sees the variable.
    private Operand view(Operand dot, Operand.View v) {
        int[] own = Shapes.take(dot.shape(), lead.length, dot.rank());
        Layout l = v.layout();
        if (l.isWhole(own)) return dot;
        if (dot instanceof Operand.View w && w.layout().equals(Layout.whole(dot.shape()))) {
            int[] step = lead.length == 0 ? lead : new int[] {Shapes.size(own)};
            return new Operand.View(w.variable(), new Layout(l.offset(), Shapes.concat(lead, l.shape()), Shapes.concat(step, l.strides())));
        }
        Operand slices = slices(dot, own, l);
        return slices != null ? slices : entries(dot, own, l, 0, l.offset());
    }

    /// The view by slices, indices and new axes, where every axis of it runs along one of the variable's; else null.
    private Operand slices(Operand dot, int[] own, Layout l) {
        int[] strides = Layout.whole(own).strides();
        int[] runs = new int[own.length];
        Arrays.fill(runs, -1);
        int shown = 0;
        for (int k = 0; k < l.rank(); k++) {
            if (l.strides()[k] == 0) continue;
            int d = 0;
            while (d < own.length && (strides[d] != l.strides()[k] || runs[d] >= 0)) d++;
            if (d == own.length) return null;
            runs[d] = k;
            shown++;
        }
        int rest = l.offset();
        int[] from = new int[own.length];
        for (int d = 0; d < own.length; d++) {
            from[d] = own[d] == 1 ? 0 : rest / strides[d];
            rest -= from[d] * strides[d];
            if (runs[d] >= 0 && from[d] + l.shape()[runs[d]] > own[d]) return null;
        }
        Operand o = dot;
        for (int d = own.length - 1; d >= 0; d--)
            o = runs[d] < 0 ? o.at(lead.length + d, from[d]) : o.slice(lead.length + d, from[d], l.shape()[runs[d]]);
        return ordered(o, runs, shown, l);
    }

    /// The kept axes in the view's order, and its repeated ones among them.
    private Operand ordered(Operand o, int[] runs, int shown, Layout l) {
        int[] kept = Arrays.stream(runs).filter(k -> k >= 0).toArray();
        int[] order = new int[lead.length + shown];
        int n = 0;
        for (int k = 0; k < lead.length; k++) order[n++] = k;
        for (int k = 0; k < l.rank(); k++) for (int d = 0; d < kept.length; d++) if (kept[d] == k) order[n++] = lead.length + d;
        o = o.permute(order);
        for (int k = 0; k < l.rank(); k++) if (l.strides()[k] == 0) o = o.repeat(lead.length + k, l.shape()[k]);
        return o;
    }

    /// The view entry by entry: what no slice shows, such as a diagonal.
    private Operand entries(Operand dot, int[] own, Layout l, int axis, int position) {
        if (axis == l.rank()) {
            for (int d = own.length - 1; d >= 0; d--) {
                dot = dot.at(lead.length + d, position % own[d]);
                position /= own[d];
            }
            return dot;
        }
        List<Operand> parts = new ArrayList<>();
        for (int k = 0; k < l.shape()[axis]; k++) parts.add(entries(dot, own, l, axis + 1, position + k * l.strides()[axis]));
        return new Operand.Stack(lead.length, parts);
    }
}
